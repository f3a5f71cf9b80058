/** One verdict as a card. The body is built when the card is opened. */

import { contrast, inContext } from "./contrast.js";
import { h, ROOT } from "./dom.js";
import { passage, sides } from "./evidence.js";
import { decisionLine, decisionTools, reasonOf, stateOf } from "./decisions.js";
import { day, LABELS } from "./words.js";

/** @typedef {import("./words.js").Label} Label */
/** @typedef {{span: import("./draft.js").Span, replacement: string}} Suggestion */
/**
 * @typedef {object} Verdict
 * @property {string} id
 * @property {import("./draft.js").Span} span
 * @property {string} text
 * @property {Label} label
 * @property {number} confidence
 * @property {string} message
 * @property {import("./evidence.js").Conflict[]} conflicts
 * @property {Suggestion[]} suggestions
 * @property {import("./evidence.js").Evidence[]} evidence
 * @property {import("./decisions.js").Decision} [decision] only where editors have decided
 */
/** @typedef {{pick: (key: string) => void, apply: (key: string, n: number) => void, undo: (key: string) => void, decide: (key: string, wish: import("./decisions.js").Wish) => void}} Actions */
/** @typedef {{draft: import("./draft.js").Draft, checkId: string, open: boolean}} Context */

/** Labels whose cards stand open from the first. */
export const LOUD = new Set(["contradicted", "disputed"]);

/**
 * @param {Verdict} verdict
 * @param {Context} context
 * @param {Actions} actions
 */
export function buildCard(verdict, context, actions) {
  const key = verdict.id;
  const mended = context.draft.isChanged(key);
  const { open } = context;
  const classes = ["card", `is-${verdict.label}`, mended && "mended", stateOf(verdict), open && "open"];
  return h("li", { class: classes.filter(Boolean).join(" "), "data-key": key },
    head(verdict, open, mended, context, actions),
    open ? body(verdict, context, actions) : null);
}

/**
 * @param {Verdict} verdict
 * @param {boolean} open
 * @param {boolean} mended
 * @param {Context} context
 * @param {Actions} actions
 */
function head(verdict, open, mended, context, actions) {
  const { shape, word } = LABELS[verdict.label];
  const kinds = [...new Set(verdict.conflicts.map((c) => c.kind))].join(", ");
  const state = stateOf(verdict) || (mended ? "corrected" : "");
  const reason = reasonOf(verdict);
  return h("h3", null,
    h("button", { type: "button", class: "card-head", "aria-expanded": String(open), onclick: () => actions.pick(verdict.id) },
      h("span", { class: "label" }, h("span", { class: "shape", "aria-hidden": "true" }, shape), ` ${word}`),
      kinds && h("span", { class: "kind" }, kinds),
      state && h("span", { class: "state" }, state),
      !open && reason === null && foldedSource(verdict),
      h("span", { class: "sure", title: "confidence" }, h("span", { class: "unseen" }, "confidence "), verdict.confidence.toFixed(2)),
      h("span", { class: "gist", dir: "auto" }, reason || verdict.text)));
}

/** @param {Verdict} verdict */
function foldedSource(verdict) {
  const ref = verdict.evidence.find((e) => e.stance !== "neutral")?.document;
  if (ref) return h("span", { class: "folded" }, `${day(ref.published_at) || "no date"} · `, h("bdi", null, ref.source || ref.title || ref.id));
  return verdict.label === "unverified" && h("span", { class: "folded" }, "the archive is silent");
}

/**
 * @param {Verdict} verdict
 * @param {Context} context
 * @param {Actions} actions
 */
function body(verdict, context, actions) {
  return h("div", { class: "card-body" },
    ...(verdict.label === "disputed" ? [] : verdict.conflicts).slice(0, 3).map((conflict) => conflictLine(conflict, verdict, context)),
    !saysItself(verdict) && verdict.message && h("p", { class: "message", dir: "auto" }, verdict.message),
    ...grounds(verdict, context),
    decisionLine(verdict),
    tools(verdict, context, actions));
}

/** @param {Verdict} verdict true where words against words, a passage or the silence tell all that the message would */
function saysItself({ label, conflicts, evidence }) {
  return label === "unverified" || conflicts.length > 0 || evidence.some((e) => e.stance !== "neutral");
}

/**
 * @param {import("./evidence.js").Conflict} conflict
 * @param {Verdict} verdict
 * @param {Context} context
 */
function conflictLine(conflict, verdict, context) {
  const { claim, evidence } = conflict;
  const within = verdict.evidence.find((e) =>
    e.document.id === evidence.document_id && e.span.field === evidence.span.field &&
    e.span.utf16.start <= evidence.span.utf16.start && evidence.span.utf16.end <= e.span.utf16.end);
  const start = within ? evidence.span.utf16.start - within.span.utf16.start : 0;
  const archive = within ? inContext(within.text, start, start + evidence.text.length) : { before: "", words: evidence.text, after: "" };
  return contrast(inContext(context.draft.original(claim.span.field), claim.span.utf16.start, claim.span.utf16.end), archive);
}

/**
 * @param {Verdict} verdict
 * @param {Context} context
 * @returns {Node[]}
 */
function grounds(verdict, { checkId }) {
  const { evidence, conflicts, label } = verdict;
  if (label === "disputed") return [sides(evidence, conflicts, checkId)];
  if (label === "unverified") return [silence(verdict, checkId)];
  const telling = evidence.filter((e) => e.stance !== "neutral");
  const [first, ...others] = telling.length ? telling : evidence;
  if (!first) return [];
  const more = others.length > 0 && h("details", { class: "more" },
    h("summary", null, `${others.length} more`), ...others.map((e) => passage(e, conflicts, checkId)));
  return more ? [passage(first, conflicts, checkId), more] : [passage(first, conflicts, checkId)];
}

/**
 * @param {Verdict} verdict
 * @param {string} checkId
 */
function silence(verdict, checkId) {
  const query = new URLSearchParams({ q: verdict.text.slice(0, 200), ...(checkId && { check: checkId }) });
  const near = verdict.evidence.slice(0, 2);
  return h("div", { class: "silence" },
    h("p", null, "The archive is silent on this. ", h("a", { href: `${ROOT}/corpus?${query}` }, "Search it")),
    near.length > 0 && h("details", { class: "more" }, h("summary", null, "nearest passages"), ...near.map((e) => passage(e, [], checkId))));
}

/**
 * @param {Verdict} verdict
 * @param {Context} context
 * @param {Actions} actions
 */
function tools(verdict, context, actions) {
  const key = verdict.id;
  if (context.draft.isChanged(key)) {
    return h("div", { class: "tools" }, h("button", { type: "button", class: "button", "data-act": "undo", onclick: () => actions.undo(key) }, "Undo"));
  }
  if ((verdict.label === "supported" || verdict.label === "not_checkable") && !verdict.decision) return null;
  const offers = verdict.suggestions.slice(0, 3).map((suggestion, n) =>
    h("button", { type: "button", class: "button apply", "data-act": "apply", onclick: () => actions.apply(key, n) },
      "Write ", h("q", { dir: "auto" }, suggestion.replacement)));
  const isDismissed = stateOf(verdict) === "dismissed";
  return h("div", { class: "tools" }, ...(isDismissed ? [] : offers), ...decisionTools(verdict, actions));
}
