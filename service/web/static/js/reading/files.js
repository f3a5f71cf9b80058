/** A dropped file → an article, read by the service, so that page, command line and HTTP take the same files alike. */

import { call, Problem } from "../api.js";
import { Unreadable } from "./unreadable.js";

/** @typedef {import("../draft.js").Article} Article */
/** @typedef {{article: Article, dated_by: string | null, notes: string[]}} DraftFile */

/** @type {File | null} */
let last = null;

/** The file that the draft was read from, as long as the page is open. */
export const lastFile = () => last;

/**
 * Raises `Unreadable`, whose message names the file.
 * @param {File} file
 * @returns {Promise<DraftFile>}
 */
export async function readArticle(file) {
  const body = new FormData();
  body.append("file", file, file.name);
  try {
    const found = await (await call("/v1/drafts?words=true", { method: "POST", body })).json();
    last = file;
    return found;
  } catch (error) {
    if (!(error instanceof Problem) || ![413, 422].includes(error.status)) throw error;
    throw new Unreadable(`Not taken: ${error.faults[0]?.detail ?? error.message}.`);
  }
}

/**
 * Text in UTF-8, UTF-16 or, failing these, Windows-1252.
 * @param {Blob} file
 */
export async function readText(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : "";
  if (marked) return new TextDecoder(marked).decode(bytes);
  if (bytes.subarray(0, 8192).includes(0)) throw new Unreadable("It is no text.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}
