/** What editors decide on claims: shown on the card, sent to the service, where all editors share it. */

import { checkPath, post } from "./api.js";
import { h } from "./dom.js";

/** @typedef {{decision: "dismissed" | "confirmed" | "open", label: string, at: string, by: string, comment: string | null, assignee: string | null}} Entry */
/** @typedef {Omit<Entry, "label"> & {id: string, seen: number, history: Entry[]}} Decision */
/** @typedef {{decision?: string, comment?: string, assignee?: string | null}} Wish */
/** @typedef {{label: string, decision?: Decision}} Decided */

const REASONS = ["A newer source says so", "The archive is wrong", "Not what the draft says"];
const TIME = new Intl.DateTimeFormat("en", { month: "short", day: "numeric", hour: "2-digit", minute: "2-digit" });

/** @param {Decided} verdict @returns {string} "dismissed", "confirmed" or "" */
export const stateOf = ({ decision }) => (decision && decision.decision !== "open" ? decision.decision : "");

/** @param {Decided} verdict @returns {string | null} why it was dismissed; null where it was not */
export function reasonOf(verdict) {
  return stateOf(verdict) === "dismissed" ? (verdict.decision?.comment ?? "no reason given") : null;
}

/**
 * Records a decision. Rejects with a `Problem` 409 where somebody has decided since the verdict was read.
 * @param {string} checkId
 * @param {{id: string, decision?: Decision}} verdict
 * @param {Wish} wish
 * @returns {Promise<{claim: any, decisions: Counts, is_newest: boolean}>}
 */
export function decide(checkId, verdict, wish) {
  return post(`${checkPath(checkId)}/claims/${encodeURIComponent(verdict.id)}/decisions`, { ...wish, seen: verdict.decision?.seen ?? 0 });
}

/** @typedef {{findings: number, open: number, confirmed: number, dismissed: number}} Counts */

/**
 * `2 open of 4`, as one works.
 * @template {Decided} T
 * @param {T[]} verdicts
 * @param {(verdict: T) => boolean} isSettled decided, or mended in the text
 */
export function openLine(verdicts, isSettled) {
  const findings = verdicts.filter(({ label }) => label === "contradicted" || label === "disputed");
  if (findings.length === 0) return "";
  return `${findings.filter((verdict) => !isSettled(verdict)).length} open of ${findings.length}`;
}

/** @param {Decided} verdict who decided, when and why, and what was said before */
export function decisionLine({ decision }) {
  if (!decision) return null;
  const last = decision.history[decision.history.length - 1];
  const earlier = decision.history.slice(0, -1).reverse();
  return h("div", { class: "decision" },
    entryLine(last, decision.decision),
    decision.assignee && h("p", { class: "assigned" }, "For ", h("bdi", null, decision.assignee)),
    earlier.length > 0 && h("details", { class: "more" }, h("summary", null, `${earlier.length} earlier`), ...earlier.map((entry) => entryLine(entry, entry.decision))));
}

/**
 * @param {Entry} entry
 * @param {string} now what holds now: a decision on another verdict is open again
 */
function entryLine(entry, now) {
  const what = now === entry.decision ? entry.decision : `${entry.decision} when it was ${entry.label.replace("_", " ")}`;
  const words = what === "open" ? "Noted" : what[0].toUpperCase() + what.slice(1);
  return h("p", null, `${words} by `, h("bdi", null, entry.by), ` · ${TIME.format(new Date(entry.at))}`, entry.comment && h("q", { dir: "auto" }, entry.comment));
}

/**
 * The buttons that decide on a claim.
 * @param {Decided & {id: string}} verdict
 * @param {import("./card.js").Actions} actions
 */
export function decisionTools(verdict, actions) {
  const state = stateOf(verdict);
  const key = verdict.id;
  const isFinding = verdict.label === "contradicted" || verdict.label === "disputed";
  return [
    state !== "" && reopenButton(key, actions),
    state === "" && isFinding && h("button", { type: "button", class: "button quiet", "data-act": "confirm", onclick: () => actions.decide(key, { decision: "confirmed" }) }, "Confirm"),
    opens("note", "Note", (close) => noteForm(verdict, actions, close)),
    state !== "dismissed" && dismissButton(key, actions),
  ];
}

/** @typedef {{decide: (key: string, wish: Wish) => void}} Decider */

/** @param {string} key @param {Decider} actions */
export const reopenButton = (key, actions) =>
  h("button", { type: "button", class: "button quiet", "data-act": "restore", onclick: () => actions.decide(key, { decision: "open" }) }, "Reopen");

/** @param {string} key @param {Decider} actions @param {string[]} [reasons] to choose from */
export const dismissButton = (key, actions, reasons = REASONS) => opens("dismiss", "Dismiss", () => dismissForm(key, actions, reasons));

/** @param {string} act @param {string} name @param {(close: () => void) => HTMLElement} build */
const opens = (act, name, build) =>
  h("button", { type: "button", class: "button quiet", "data-act": act, "aria-expanded": "false", onclick: (/** @type {Event} */ event) => toggleForm(event, build) }, name);

/**
 * @param {Event} event
 * @param {(close: () => void) => HTMLElement} build
 */
function toggleForm(event, build) {
  const button = /** @type {HTMLElement} */ (event.currentTarget);
  const tools = /** @type {HTMLElement} */ (button.parentElement);
  const wasOpen = button.getAttribute("aria-expanded") === "true";
  const close = () => {
    tools.querySelector("form")?.remove();
    tools.querySelectorAll("[aria-expanded]").forEach((other) => other.setAttribute("aria-expanded", "false"));
  };
  close();
  if (wasOpen) return;
  button.setAttribute("aria-expanded", "true");
  const form = build(close);
  tools.append(form);
  /** @type {HTMLElement | null} */ (form.querySelector("input"))?.focus(); // there, single keys are letters
}

/** @param {string} key @param {Decider} actions @param {string[]} reasons */
function dismissForm(key, actions, reasons) {
  const dismiss = (/** @type {string} */ comment) => actions.decide(key, { decision: "dismissed", comment });
  const reason = /** @type {HTMLInputElement} */ (h("input", { "aria-label": "Reason", placeholder: "or say why", maxlength: "2000", dir: "auto" }));
  return h("form", { class: "dismiss", onsubmit: (/** @type {Event} */ e) => { e.preventDefault(); dismiss(reason.value.trim()); } },
    h("p", null, "Why?"),
    ...reasons.map((words) => h("button", { type: "button", class: "button", onclick: () => dismiss(words) }, words)),
    h("span", { class: "own" }, reason, h("button", { class: "button" }, "Dismiss")));
}

/**
 * @param {Decided & {id: string}} verdict
 * @param {import("./card.js").Actions} actions
 * @param {() => void} close
 */
function noteForm(verdict, actions, close) {
  const comment = /** @type {HTMLInputElement} */ (h("input", { maxlength: "2000", dir: "auto" }));
  const assignee = /** @type {HTMLInputElement} */ (h("input", { maxlength: "200", dir: "auto", value: verdict.decision?.assignee ?? "" }));
  const send = (/** @type {Event} */ event) => {
    event.preventDefault();
    /** @type {Wish} */
    const wish = {};
    if (comment.value.trim()) wish.comment = comment.value.trim();
    if (assignee.value.trim() !== (verdict.decision?.assignee ?? "")) wish.assignee = assignee.value.trim() || null;
    if (Object.keys(wish).length) actions.decide(verdict.id, wish);
    else close();
  };
  return h("form", { class: "dismiss note", onsubmit: send },
    h("label", null, "Comment ", comment), h("label", null, "For ", assignee), h("button", { class: "button" }, "Save"));
}
