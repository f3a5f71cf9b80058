/** Messages at the top of the page: what went wrong, and actions. */

import { Problem } from "./api.js";
import { announce, byId, h } from "./dom.js";

/** @typedef {{name: string, run: () => void}} Way */

/**
 * Shows a message; replaces an earlier message of the same kind.
 * @param {string} kind
 * @param {string} title
 * @param {string} [detail]
 * @param {Way[]} [ways]
 */
export function notice(kind, title, detail = "", ways = []) {
  clearNotice(kind);
  const buttons = ways.map(({ name, run }) => h("button", { type: "button", class: "button", onclick: () => { clearNotice(kind); run(); } }, name));
  const close = h("button", { type: "button", class: "button quiet", "aria-label": "Close this message", onclick: () => clearNotice(kind) }, "✕");
  byId("notices").append(h("div", { class: "notice", role: "alert", "data-kind": kind },
    h("p", null, h("strong", { dir: "auto" }, title), detail && " ", detail && h("span", { dir: "auto" }, detail)),
    h("p", { class: "row" }, ...buttons, close)));
}

/** @param {string} kind */
export function clearNotice(kind) {
  byId("notices").querySelector(`[data-kind="${kind}"]`)?.remove();
}

/** All of them. */
export function clearNotices() {
  byId("notices").replaceChildren();
}

/** Status → title, and whether it is worth trying again. @type {Record<number, [string, boolean]>} */
const TITLES = {
  0: ["The service does not answer.", true],
  401: ["This service needs a key.", true],
  403: ["Your key does not allow this.", false],
  404: ["There is nothing here.", false],
  413: ["This is too long for the service.", false],
  429: ["The service is busy.", true],
  503: ["The service is busy or not ready.", true],
};

/**
 * A problem in words.
 * @param {string} kind
 * @param {unknown} error
 * @param {() => void} [again] how to try once more
 */
export function tellProblem(kind, error, again) {
  if (!(error instanceof Problem)) {
    const words = error instanceof Error ? error.message : String(error);
    return notice(kind, words);
  }
  const [title, worth] = TITLES[error.status] ?? [error.title || "Something went wrong.", error.status >= 500];
  const faults = error.faults.map(({ pointer, detail }) => `${pointer || "the request"}: ${detail}`).join(" ");
  const detail = error.status === 0 ? "Your text is still here." : faults || (error.message === title ? "" : error.message[0].toUpperCase() + error.message.slice(1));
  notice(kind, title, detail, worth && again ? [{ name: "Try again", run: again }] : []);
  announce(title);
}
