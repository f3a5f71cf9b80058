/** Follows a check by server-sent events with resumption; falls back to polling. */

import { call, checkPath, json, Problem } from "./api.js";

/**
 * @typedef {object} Follower
 * @property {(progress: {claims_total: number, claims_done: number}, status: string) => void} progress
 * @property {(verdict: any) => void} claim
 * @property {() => void} lost the connection was lost; a retry is under way
 * @property {() => void} back
 */

const SILENCE_MS = 25_000; // the service gives a sign of life every ten seconds
const FIRST_SIGN_MS = 5_000; // a proxy that holds streams back shows nothing at all
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000];
const POLL_MS = 1_000;

/**
 * Resolves when the check is over. Rejects with a `Problem` where it cannot be followed any more (404, 410, 403).
 * @param {string} checkId
 * @param {Follower} follower
 * @param {AbortSignal} signal
 */
export async function follow(checkId, follower, signal) {
  const place = { after: "", done: false, lost: 0, mute: 0 };
  while (!place.done && !signal.aborted) {
    try {
      if (place.mute >= 2) await poll(checkId, follower, place, signal);
      else await listen(checkId, follower, place, signal);
    } catch (error) {
      if (signal.aborted) return;
      if (!isPassing(error)) throw error;
      if (error instanceof Problem && error.status === 503) place.mute += 1;
      if (place.lost++ === 0) follower.lost();
      await pause(PAUSES_MS[Math.min(place.lost, PAUSES_MS.length) - 1], signal);
    }
  }
}

/**
 * @param {string} checkId
 * @param {Follower} follower
 * @param {{after: string, done: boolean, lost: number, mute: number}} place
 * @param {AbortSignal} signal
 */
async function listen(checkId, follower, place, signal) {
  const stop = new AbortController();
  const end = () => stop.abort();
  signal.addEventListener("abort", end);
  let watch = setTimeout(() => { place.mute += 1; end(); }, FIRST_SIGN_MS);
  try {
    /** @type {Record<string, string>} */
    const headers = { Accept: "text/event-stream" };
    if (place.after) headers["Last-Event-ID"] = place.after;
    const answer = await call(`${checkPath(checkId)}/events`, { headers, signal: stop.signal });
    if (answer.status === 204 || !answer.body) { place.done = true; follower.back(); return; }
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const frames = new Frames();
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      clearTimeout(watch);
      watch = setTimeout(end, SILENCE_MS);
      place.mute = 0;
      if (place.lost) { place.lost = 0; follower.back(); }
      for (const frame of frames.push(value)) heard(frame, follower, place);
      if (place.done) return;
    }
  } catch (error) {
    throw signal.aborted || error instanceof Problem ? error : new Problem(0, { title: "The connection was lost." }, 0);
  } finally {
    clearTimeout(watch);
    signal.removeEventListener("abort", end);
    stop.abort();
  }
}

/**
 * @param {{id: string, event: string, data: string}} frame
 * @param {Follower} follower
 * @param {{after: string, done: boolean}} place
 */
function heard(frame, follower, place) {
  const said = JSON.parse(frame.data);
  if (frame.event === "claim") follower.claim(said);
  else follower.progress(said.progress, said.status);
  if (frame.id) place.after = frame.id;
  if (frame.event === "done") place.done = true;
}

/**
 * @param {string} checkId
 * @param {Follower} follower
 * @param {{done: boolean, lost: number}} place
 * @param {AbortSignal} signal
 */
async function poll(checkId, follower, place, signal) {
  while (!signal.aborted) {
    const check = await json(checkPath(checkId), { signal });
    if (place.lost) { place.lost = 0; follower.back(); }
    follower.progress(check.progress, check.status);
    for (const verdict of check.report?.claims ?? []) follower.claim(verdict);
    if (!["queued", "running"].includes(check.status)) { place.done = true; return; }
    await pause(POLL_MS, signal);
  }
}

/** Cuts a stream into its events. */
export class Frames {
  #rest = "";

  /**
   * @param {string} more
   * @returns {{id: string, event: string, data: string}[]} those that are complete now; comments are left out
   */
  push(more) {
    const parts = (this.#rest + more).replaceAll("\r\n", "\n").split("\n\n");
    this.#rest = parts.pop() ?? "";
    return parts.map(frameOf).filter((frame) => frame.data !== "");
  }
}

/** @param {string} lines */
function frameOf(lines) {
  const frame = { id: "", event: "message", data: "" };
  for (const line of lines.split("\n")) {
    const [, name, value] = /^(id|event|data): ?(.*)$/s.exec(line) ?? [];
    if (name === "data") frame.data += (frame.data && "\n") + value;
    else if (name === "id" || name === "event") frame[name] = value;
  }
  return frame;
}

/** @param {unknown} error */
const isPassing = (error) => error instanceof Problem && [0, 429, 500, 502, 503, 504].includes(error.status);

/**
 * @param {number} ms
 * @param {AbortSignal} signal
 */
function pause(ms, signal) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => { clearTimeout(timer); resolve(undefined); }, { once: true });
  });
}
