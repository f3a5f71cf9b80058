/** One verdict as a card. The body is built when the card is opened. */

import { contrast, inContext } from "./contrast.js";
import { h, ROOT } from "./dom.js";
import { decisionLine, decisionTools, reasonOf, stateOf } from "./decisions.js";
import { passage, reportAddress, sides } from "./evidence.js";
import { sentenceAround } from "./sentence.js";
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
 * @property {string} rule what decided; `docs/verdicts.md` lists them
 * @property {import("./evidence.js").Conflict[]} conflicts
 * @property {Suggestion[]} suggestions
 * @property {import("./evidence.js").Evidence[]} evidence
 * @property {import("./decisions.js").Decision} [decision] only where editors have decided
 */
/** @typedef {{pick: (key: string) => void, apply: (key: string, n: number) => void, undo: (key: string) => void, decide: (key: string, wish: import("./decisions.js").Wish) => void}} Actions */
/** @typedef {{draft: import("./draft.js").Draft, checkId: string, open: boolean}} Context */

/** Labels without a passage that decides: no confidence is told of them. */
const UNDECIDED = new Set(["unverified", "not_checkable"]);
/** Kinds of conflict that only the whole sentence shows. */
const WHOLE = new Set(["relation", "order", "negation", "modality", "attribution"]);
const SILENT = "corpus.silent";

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
      h("span", { class: "sure", title: "confidence" }, ...(UNDECIDED.has(verdict.label) ? [] : [h("span", { class: "unseen" }, "confidence "), verdict.confidence.toFixed(2)])),
      h("span", { class: "gist", dir: "auto" }, ...(reason ? [reason] : inSentence(verdict, context.draft)))));
}

/** @param {Verdict} verdict */
function foldedSource(verdict) {
  const ref = verdict.evidence.find((e) => e.stance !== "neutral")?.document;
  if (ref) return h("span", { class: "folded" }, `${day(ref.published_at) || "no date"} · `, h("bdi", null, ref.source || ref.title || ref.id));
  return verdict.label === "unverified" && h("span", { class: "folded" }, verdict.rule === SILENT ? "the archive is silent" : "not settled");
}

/**
 * The claim; where it is a part of a sentence, the sentence with the claim marked.
 * @param {Verdict} verdict
 * @param {import("./draft.js").Draft} draft
 * @returns {(Node | string)[]}
 */
function inSentence({ span: { field, utf16 }, text }, draft) {
  const { start, end } = draft.isHtml ? utf16 : sentenceAround(draft.original(field), utf16.start, utf16.end);
  const before = draft.original(field).slice(start, utf16.start);
  const after = draft.original(field).slice(utf16.end, end).trimEnd();
  if (!/[\p{L}\p{N}]/u.test(before + after)) return [text];
  return [before, h("b", { class: "clause" }, text), after];
}

/**
 * @param {Verdict} verdict
 * @param {Context} context
 * @param {Actions} actions
 */
function body(verdict, context, actions) {
  return h("div", { class: "card-body" },
    ...(verdict.label === "disputed" ? [] : verdict.conflicts).map((conflict) => conflictLine(conflict, verdict, context)),
    verdict.message && h("p", { class: "message", dir: "auto" }, verdict.message),
    ...grounds(verdict, context),
    decisionLine(verdict),
    tools(verdict, context, actions),
    verdict.rule && h("p", { class: "rule" }, "rule: ", verdict.rule));
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
  if (within && WHOLE.has(conflict.kind)) return wholeContrast(conflict, verdict, within.text, start);
  const archive = within ? inContext(within.text, start, start + evidence.text.length) : { before: "", words: evidence.text, after: "" };
  return contrast(inContext(context.draft.original(claim.span.field), claim.span.utf16.start, claim.span.utf16.end), archive);
}

/**
 * Both sentences: who did what to whom is not told by a word.
 * @param {import("./evidence.js").Conflict} conflict
 * @param {Verdict} verdict
 * @param {string} sentence of the archive
 * @param {number} start where its words in conflict begin
 */
function wholeContrast({ claim, evidence }, verdict, sentence, start) {
  const at = claim.span.utf16.start - verdict.span.utf16.start;
  const around = (/** @type {string} */ text, /** @type {number} */ from, /** @type {number} */ length) =>
    ({ before: text.slice(0, from), words: text.slice(from, from + length), after: text.slice(from + length) });
  return contrast(around(verdict.text, at, claim.text.length), around(sentence, start, evidence.text.length), { stacked: true });
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
  const [first, ...others] = telling;
  if (!first) return [];
  const more = others.length > 0 && h("details", { class: "more" },
    h("summary", null, `${others.length} more`), ...others.map((e) => passage(e, conflicts, checkId)));
  return more ? [passage(first, conflicts, checkId), more] : [passage(first, conflicts, checkId)];
}

/**
 * What speaks of an unsettled claim stands open; below silence there are the nearest passages, folded.
 * @param {Verdict} verdict
 * @param {string} checkId
 */
function silence(verdict, checkId) {
  const query = new URLSearchParams({ q: verdict.text.slice(0, 200), ...(checkId && { check: checkId }) });
  const near = verdict.evidence.slice(0, 3).map((e) => passage(e, [], checkId));
  const isSilent = verdict.rule === SILENT;
  return h("div", { class: "silence" },
    !isSilent && near.length > 0 && h("div", { class: "speaking" }, ...near),
    h("p", null, h("a", { href: `${ROOT}/corpus?${query}` }, "Search the archive")),
    isSilent && near.length > 0 && h("details", { class: "more" }, h("summary", null, "nearest passages"), ...near));
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
  const cited = verdict.evidence.find((e) => e.stance === "contradicts");
  if (offers.length === 0 && cited) offers.push(h("a", { class: "button", href: reportAddress(cited.document.id, cited.span, context.checkId) }, "See the report"));
  const isDismissed = stateOf(verdict) === "dismissed";
  return h("div", { class: "tools" }, ...(isDismissed ? [] : offers), ...decisionTools(verdict, actions));
}
