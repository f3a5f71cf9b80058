/** Calls the HTTP API. Errors are thrown as `Problem`; on 401, asks the user for the key once and retries. */

import { ROOT } from "./dom.js";
import { askForKey, keyHeaders } from "./keys.js";
import { leadToSignIn, sessionHeaders } from "./session.js";

/** @typedef {{pointer: string, detail: string}} Fault */
/** @typedef {Omit<RequestInit, "headers"> & {headers?: Record<string, string>}} Call */

/** Problem details (RFC 9457); `status` is 0 if there was no answer. */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{type?: string, title?: string, detail?: string, errors?: Fault[]}} body
   * @param {number} retryAfterS
   */
  constructor(status, body, retryAfterS) {
    super(body.detail || body.title || `The service answered ${status}.`);
    this.status = status;
    this.type = body.type ?? "";
    this.title = body.title ?? "";
    /** @type {Fault[]} */
    this.faults = body.errors ?? [];
    this.retryAfterS = retryAfterS;
  }
}

/**
 * The service's answer, if it is a good one.
 * @param {string} path below the service's root
 * @param {Call} [options]
 * @returns {Promise<Response>}
 */
export async function call(path, options = {}) {
  const answer = await reach(path, options);
  if (answer.ok || answer.status === 304) return answer;
  if (answer.status === 401 && (await leadToSignIn())) return new Promise(() => {}); // the browser leaves
  if (answer.status === 401 && (await askForKey())) return call(path, options);
  throw await problemOf(answer);
}

/**
 * The JSON of a good answer.
 * @param {string} path
 * @param {Call} [options]
 */
export async function json(path, options = {}) {
  const answer = await call(path, { ...options, headers: { Accept: "application/json", ...options.headers } });
  return answer.status === 204 ? null : answer.json();
}

/**
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal} [signal]
 */
export function post(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return json(path, { method: "POST", body: JSON.stringify(body), headers, signal });
}

/**
 * Sends a form with files, and tells how much of it is sent.
 * @param {string} path
 * @param {FormData} form
 * @param {(bytes: number) => void} onBytes
 * @param {AbortSignal} signal
 * @returns {Promise<any>}
 */
export async function sendForm(path, form, onBytes, signal) {
  const request = new XMLHttpRequest(); // fetch does not tell how far an upload is
  const answered = new Promise((resolve, reject) => {
    request.upload.addEventListener("progress", (event) => onBytes(event.loaded));
    request.addEventListener("load", resolve);
    request.addEventListener("error", () => reject(new Problem(0, { title: "The service does not answer." }, 1)));
    request.addEventListener("abort", () => reject(new DOMException("stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
  });
  request.open("POST", ROOT + path);
  request.responseType = "json";
  const headers = { ...keyHeaders(), ...(await sessionHeaders("POST")) };
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(form);
  await answered;
  if (request.status < 300) return request.response;
  if (request.status === 401 && (await askForKey())) return sendForm(path, form, onBytes, signal);
  throw new Problem(request.status, request.response ?? {}, Number(request.getResponseHeader("Retry-After")) || 0);
}

/** @param {string} checkId */
export const checkPath = (checkId) => `/v1/checks/${encodeURIComponent(checkId)}`;

/** @param {string} documentId */
export const documentPath = (documentId) => `/v1/documents/${encodeURIComponent(documentId)}`;

/**
 * @param {string} path
 * @param {Call} options
 */
async function reach(path, options) {
  try {
    return await fetch(ROOT + path, { cache: "no-store", ...options, headers: { ...options.headers, ...keyHeaders(), ...(await sessionHeaders(options.method)) } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, { title: "The service does not answer." }, 2);
  }
}

/** @param {Response} answer */
async function problemOf(answer) {
  const body = await answer.json().catch(() => ({}));
  return new Problem(answer.status, body, Number(answer.headers.get("Retry-After")) || 0);
}
