/** A file that is no text for us; the message is for people. */
export class Unreadable extends Error {}
