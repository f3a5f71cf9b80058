/** Adds reports: converts files to documents and uploads them in batches; each line has its own outcome. */

import { call } from "./api.js";
import { announce, byId, h } from "./dom.js";
import { clearNotice, tellProblem } from "./notices.js";
import { readArticle, readText } from "./reading/files.js";
import { Unreadable } from "./reading/unreadable.js";
import { counted, number } from "./words.js";

/** @typedef {{line: string, name: string}} Entry one document as JSON, and what people call it */

const BATCH_DOCUMENTS = 100;
const BATCH_CHARS = 1_000_000;
const SHOWN_FAULTS = 50;

/**
 * @param {() => void} onAdded
 * @returns {(files: File[]) => void} what to do with dropped files
 */
export function offerUpload(onAdded) {
  /** @type {File[]} */
  let files = [];
  const close = () => (byId("adding").hidden = true);
  byId("adding-cancel").addEventListener("click", close);
  byId("adding-form").addEventListener("submit", (event) => {
    event.preventDefault();
    byId("adding-form").hidden = true;
    add(files).then(onAdded, (error) => tellProblem("upload", error)).finally(() => (byId("adding-form").hidden = true));
  });
  return (dropped) => {
    files = dropped;
    clearNotice("upload");
    byId("adding").hidden = false;
    byId("adding-form").hidden = false;
    byId("adding-faults").replaceChildren();
    byId("adding-count").textContent = "";
    byId("adding-progress").hidden = true;
    const names = files.slice(0, 3).map((file) => file.name).join(", ");
    byId("adding-what").textContent = `${counted(files.length, "file")}: ${names}${files.length > 3 ? " …" : ""}. Source and date are for files that do not say them.`;
    byId("add-source").focus();
  };
}

/** @param {File[]} files */
async function add(files) {
  const progress = /** @type {HTMLProgressElement} */ (byId("adding-progress"));
  const tally = { sent: 0, stored: 0, refused: 0, bytes: 0, all: files.reduce((sum, file) => sum + file.size, 0) };
  progress.hidden = false;
  /** @type {Entry[]} */
  let batch = [];
  let chars = 0;
  const send = async () => {
    if (batch.length) await post(batch, tally);
    batch = [];
    chars = 0;
    progress.value = Math.min(1, tally.bytes / Math.max(1, tally.all));
    byId("adding-count").textContent = `${number(tally.stored)} stored${tally.refused ? `, ${number(tally.refused)} not` : ""}`;
  };
  for (const file of files) {
    try {
      for await (const entry of entriesOf(file, (bytes) => (tally.bytes += bytes))) {
        batch.push(entry);
        chars += entry.line.length;
        if (batch.length >= BATCH_DOCUMENTS || chars >= BATCH_CHARS) await send();
      }
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      tally.refused += 1;
      fault(error.message);
    }
  }
  await send();
  progress.value = 1;
  announce(`${tally.stored} stored, ${tally.refused} not`);
}

/**
 * @param {File} file
 * @param {(bytes: number) => void} onRead
 * @returns {AsyncGenerator<Entry>}
 */
async function* entriesOf(file, onRead) {
  if (/\.(jsonl|ndjson)$/i.test(file.name)) {
    let n = 0;
    for await (const line of linesOf(file, onRead)) if (line.trim()) yield { line, name: `${file.name}, line ${++n}` };
    return;
  }
  onRead(file.size);
  if (/\.json$/i.test(file.name)) {
    const found = parsed(await readText(file), file.name);
    for (const one of Array.isArray(found) ? found : found.documents ?? [found]) yield { line: JSON.stringify(one), name: file.name };
    return;
  }
  const { text, title, published_at: published } = (await readArticle(file)).article;
  const value = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id)).value.trim() || null;
  const document = { id: file.name.replace(/\.[^.]+$/, "").trim() || file.name, text, title: title ?? firstLine(text), source: value("add-source"), published_at: published ?? value("add-date") };
  yield { line: JSON.stringify(document), name: file.name };
}

/** @param {string} text @param {string} name */
function parsed(text, name) {
  try {
    return JSON.parse(text);
  } catch {
    throw new Unreadable(`“${name}” was not added. It is not valid JSON.`);
  }
}

/** @param {string} text a short first line is a headline */
function firstLine(text) {
  const line = text.trim().split(/\r?\n/, 1)[0].replace(/^#+\s*/, "");
  return line.length <= 120 ? line : null;
}

/**
 * Lines of a file that may be too large to hold.
 * @param {Blob} file
 * @param {(bytes: number) => void} onRead
 */
async function* linesOf(file, onRead) {
  let rest = "";
  const reader = file.stream().pipeThrough(new TransformStream({ transform: (chunk, out) => { onRead(chunk.byteLength); out.enqueue(chunk); } })).pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  yield rest;
}

/**
 * @param {Entry[]} batch
 * @param {{stored: number, refused: number}} tally
 */
async function post(batch, tally) {
  const body = batch.map(({ line }) => line.replaceAll("\n", " ")).join("\n") + "\n";
  const answer = await call("/v1/documents", { method: "POST", body, headers: { "Content-Type": "application/x-ndjson" } });
  for (const line of (await answer.text()).split("\n").filter(Boolean)) {
    const outcome = JSON.parse(line);
    if (outcome.status < 300) tally.stored += 1;
    else {
      tally.refused += 1;
      const why = outcome.error?.errors?.map((/** @type {any} */ e) => `${e.pointer} ${e.detail}`).join(" ") || outcome.error?.detail || outcome.error?.title;
      fault(`${batch[outcome.line - 1]?.name ?? `line ${outcome.line}`}: ${why}`);
    }
  }
}

/** @param {string} words */
function fault(words) {
  if (byId("adding-faults").childElementCount < SHOWN_FAULTS) byId("adding-faults").append(h("li", { dir: "auto" }, words));
}
