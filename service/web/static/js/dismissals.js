/** Dismissed verdicts with reasons, by claim id. Stored in this browser; no text of a draft is stored. */

import { h } from "./dom.js";

const PLACE = "factcheck.dismissed";
const KEPT = 2_000;
const REASONS = ["A newer source says so", "The archive is wrong", "Not what the draft says"];

/** @type {Record<string, string> | null} read once; another tab's change makes it stale */
let known = null;
addEventListener("storage", () => (known = null));

/** @returns {Record<string, string>} claim id → reason, oldest first */
function all() {
  known ??= stored();
  return known;
}

/** @returns {Record<string, string>} */
function stored() {
  try {
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? "{}");
    return kept && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}

/** @param {Record<string, string>} kept */
function keep(kept) {
  known = Object.fromEntries(Object.entries(kept).slice(-KEPT));
  try {
    localStorage.setItem(PLACE, JSON.stringify(known));
  } catch { /* storage is full or forbidden: then it holds for this page only */ }
}

/** @param {string} claimId @returns {string | null} */
export function reasonFor(claimId) {
  const kept = all();
  return Object.hasOwn(kept, claimId) ? String(kept[claimId]) : null;
}

/** @param {string} claimId @param {string} reason */
export function remember(claimId, reason) {
  const { [claimId]: _, ...others } = all();
  keep({ ...others, [claimId]: reason.slice(0, 200) });
}

/** @param {string} claimId */
export function forget(claimId) {
  const { [claimId]: _, ...others } = all();
  keep(others);
}

/**
 * Opens the small form that asks why, or closes it.
 * @param {Event} event
 * @param {string} key
 * @param {import("./card.js").Actions} actions
 */
export function dismissForm(event, key, actions) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const tools = /** @type {HTMLElement} */ (button.parentElement);
  const open = tools.querySelector("form");
  button.setAttribute("aria-expanded", String(!open));
  if (open) return open.remove();
  const reason = /** @type {HTMLInputElement} */ (h("input", { "aria-label": "Reason", placeholder: "or say why", maxlength: "200", dir: "auto" }));
  const form = h("form", { class: "dismiss", onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); actions.dismiss(key, reason.value.trim() || "no reason given"); } },
    h("p", null, "Why?"),
    ...REASONS.map((words) => h("button", { type: "button", class: "button", onclick: () => actions.dismiss(key, words) }, words)),
    h("span", { class: "own" }, reason, h("button", { class: "button" }, "Dismiss")));
  tools.append(form);
  form.querySelector("button")?.focus();
}
