/** A dropped file → text. What it is, its first bytes say; its name is believed only where they are silent. */

import { readHtml, readWord } from "./markup.js";
import { Unreadable } from "./unreadable.js";
import { unzip } from "./zip.js";

/** @typedef {import("./markup.js").Found & {format: "text" | "markdown"}} ReadArticle */

const TEXT_LIMIT_BYTES = 8_000_000;
const WORD_LIMIT_BYTES = 40_000_000; // inflated XML, most of it markup
const WORD_PART = "word/document.xml";

/** First bytes in hexadecimal → what to say. */
const STRANGERS = /** @type {[string, string][]} */ ([
  ["89504e47", "a picture"], ["ffd8ff", "a picture"], ["47494638", "a picture"], ["52494646", "a picture"], ["424d", "a picture"],
  ["25504446", "a PDF; copy its text and paste it here"],
  ["d0cf11e0", "an old Word document; save it as .docx and drop it again"],
  ["7b5c727466", "an RTF document; save it as .docx and drop it again"],
]);

/**
 * Raises `Unreadable`, whose message names the file.
 * @param {File} file
 * @returns {Promise<ReadArticle>}
 */
export async function readArticle(file) {
  try {
    const found = await readByKind(file);
    if (found.text.trim() === "") throw new Unreadable("There is no text in it.");
    return found;
  } catch (error) {
    if (error instanceof Unreadable) throw new Unreadable(`“${file.name}” was not taken. ${error.message}`);
    throw new Unreadable(`“${file.name}” could not be read.`);
  }
}

/** @param {File} file @returns {Promise<ReadArticle>} */
async function readByKind(file) {
  const head = new Uint8Array(await file.slice(0, 512).arrayBuffer());
  if (file.size === 0) throw new Unreadable("It is empty.");
  refuseStrangers(head, file.type);
  if (head[0] === 0x50 && head[1] === 0x4b) {
    const xml = await unzip(file, WORD_PART, WORD_LIMIT_BYTES).catch((error) => {
      throw /holds no/.test(error.message) ? new Unreadable("It is a zip archive, but no Word document.") : error;
    });
    return { ...readWord(new TextDecoder().decode(xml)), format: "text" };
  }
  if (file.size > TEXT_LIMIT_BYTES) throw new Unreadable("It is too large for an article.");
  const text = await readText(file);
  if (/\.html?$/i.test(file.name) || file.type === "text/html" || /^\s*<(!doctype html|html)\b/i.test(text)) return { ...readHtml(text), format: "text" };
  return { text, title: null, published_at: null, format: /\.(md|markdown)$/i.test(file.name) ? "markdown" : "text" };
}

/**
 * @param {Uint8Array} head
 * @param {string} type
 */
function refuseStrangers(head, type) {
  const hex = [...head.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const stranger = STRANGERS.find(([start]) => hex.startsWith(start))?.[1] ?? (type.startsWith("image/") ? "a picture" : "");
  if (stranger) throw new Unreadable(`It is ${stranger}.`);
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
