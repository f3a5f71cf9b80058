/** Imports over the HTTP API: upload in parts, follow, download the report. */

import { call, json, post, Problem, sendForm } from "./api.js";

/** @typedef {import("./picked.js").Chosen} Chosen */
/** @typedef {{file: string, entry: string | null, id: string | null, outcome: string, reason: string}} NotTaken */
/** @typedef {{id: string, title: string, source: string | null, published_at: string | null, date_source: string | null, file: string, entry: string | null}} Sample */
/**
 * @typedef {object} Outcome
 * @property {number} new
 * @property {number} replaced
 * @property {number} unchanged
 * @property {number} retracted
 * @property {number} refused
 * @property {number} undated
 * @property {Record<string, number>} formats
 * @property {Record<string, number>} left_out
 * @property {string[]} undated_first
 * @property {Sample[]} samples
 * @property {number} not_taken
 * @property {NotTaken[]} first_not_taken
 */
/** @typedef {{bytes_done: number, bytes_total: number, documents: number, elapsed_s: number, file: string}} Progress */
/** @typedef {{id: string, status: string, files: number, bytes: number, progress: Progress | null, dry_run: Outcome | null, result: Outcome | null, error: string | null}} Import */

const PART_FILES = 200;
const PART_BYTES = 64_000_000;
const TRIES = 3;
const POLL_MS = 400;

/** @param {string} id */
export const importPath = (id) => `/v1/imports/${encodeURIComponent(id)}`;

/** @param {Record<string, string | null>} options @returns {Promise<Import>} */
export const createImport = (options) => post("/v1/imports", options);

/** @param {string} id @returns {Promise<Import>} */
export const readImport = (id) => json(importPath(id));

/** @param {string} id @param {"dry-run" | "start"} step @returns {Promise<Import>} */
export const stepImport = (id, step) => json(`${importPath(id)}/${step}`, { method: "POST" });

/** @param {string} id */
export const cancelImport = (id) => json(importPath(id), { method: "DELETE" });

/** @param {string} id */
export const importReport = async (id) => (await call(`${importPath(id)}/report`)).blob();

/**
 * Uploads files in parts. A part that fails is sent again: a file of the same name takes the place of the one before it.
 * @param {string} id
 * @param {Chosen[]} files
 * @param {(bytes: number) => void} onBytes sent so far
 * @param {AbortSignal} signal
 */
export async function uploadFiles(id, files, onBytes, signal) {
  let sent = 0;
  for (const part of partsOf(files)) {
    const form = new FormData();
    for (const { file, path } of part) form.append("file", file, path);
    await patiently(() => sendForm(`${importPath(id)}/files`, form, (bytes) => onBytes(sent + bytes), signal), signal);
    sent += part.reduce((sum, { file }) => sum + file.size, 0);
    onBytes(sent);
  }
}

/** @param {Chosen[]} files */
function* partsOf(files) {
  /** @type {Chosen[]} */
  let part = [];
  let bytes = 0;
  for (const chosen of files) {
    if (part.length && (part.length >= PART_FILES || bytes + chosen.file.size > PART_BYTES)) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(chosen);
    bytes += chosen.file.size;
  }
  if (part.length) yield part;
}

/**
 * @param {() => Promise<unknown>} act
 * @param {AbortSignal} signal
 */
async function patiently(act, signal) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      const passing = error instanceof Problem && (error.status === 0 || error.status === 429 || error.status >= 500);
      if (!passing || tries >= TRIES || signal.aborted) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1000 * Math.max(tries, error.retryAfterS)));
    }
  }
}

/**
 * The import as soon as the importer rests.
 * @param {string} id
 * @param {(at: Import) => void} onChange
 * @param {AbortSignal} signal
 */
export async function followImport(id, onChange, signal) {
  for (;;) {
    const at = await readImport(id);
    if (signal.aborted) return at;
    onChange(at);
    if (at.status !== "checking" && at.status !== "importing") return at;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
