/** Passages of the archive on a card, with source and date. */

import { h, ROOT } from "./dom.js";
import { day } from "./words.js";

/** @typedef {import("./draft.js").Span} Span */
/** @typedef {{id: string, title: string, source: string | null, url: string | null, published_at: string | null}} Ref */
/** @typedef {{document: Ref, span: Span, text: string, stance: "supports" | "contradicts" | "neutral", score: number}} Evidence */
/** @typedef {{kind: string, claim: {span: Span, text: string}, evidence: {document_id: string, span: Span, text: string}}} Conflict */

/**
 * @param {Evidence} evidence
 * @param {Conflict[]} conflicts
 * @param {string} checkId
 */
export function passage(evidence, conflicts, checkId) {
  return h("figure", { class: `passage ${evidence.stance}` }, cited(evidence, checkId), quoted(evidence, conflicts));
}

/**
 * @param {Evidence} evidence
 * @param {string} checkId
 */
function cited(evidence, checkId) {
  const { document: ref } = evidence;
  return h("figcaption", null,
    h("a", { href: reportAddress(ref.id, evidence.span, checkId), class: "source", dir: "auto" }, ref.source || ref.title || ref.id),
    " ", h("time", { datetime: ref.published_at }, day(ref.published_at) || "no date"),
    ref.title && ref.source && h("span", { class: "headline", dir: "auto" }, ref.title));
}

/**
 * The passage with the words that a conflict is about marked in it; one that agrees shows the draft's own words.
 * @param {Evidence} evidence
 * @param {Conflict[]} conflicts
 */
function quoted(evidence, conflicts) {
  const { start } = evidence.span.utf16;
  const theirs = conflicts
    .filter((c) => c.evidence.document_id === evidence.document.id && c.evidence.span.field === evidence.span.field)
    .map((c) => ({ start: c.evidence.span.utf16.start - start, end: c.evidence.span.utf16.end - start }))
    .filter((part) => 0 <= part.start && part.end <= evidence.text.length);
  const ours = evidence.stance !== "supports" ? [] : conflicts
    .map((c) => ({ start: evidence.text.indexOf(c.claim.text), end: evidence.text.indexOf(c.claim.text) + c.claim.text.length }))
    .filter((part) => part.start >= 0);
  const odd = [...theirs, ...ours].sort((a, b) => a.start - b.start);
  /** @type {(Node | string)[]} */
  const words = [];
  let at = 0;
  for (const part of odd) {
    if (part.start < at) continue;
    words.push(evidence.text.slice(at, part.start), h("em", null, evidence.text.slice(part.start, part.end)));
    at = part.end;
  }
  return h("blockquote", { dir: "auto" }, ...words, evidence.text.slice(at));
}

/**
 * The page of a report in the archive, open at a passage.
 * @param {string} documentId
 * @param {Span | null} span
 * @param {string} [checkId]
 */
export function reportAddress(documentId, span, checkId) {
  const query = new URLSearchParams({ report: documentId });
  if (span) {
    query.set("field", span.field);
    query.set("start", String(span.utf16.start));
    query.set("end", String(span.utf16.end));
  }
  if (checkId) query.set("check", checkId);
  return `${ROOT}/corpus?${query}`;
}

/**
 * Two columns for reports that disagree: those that say so, those that say otherwise.
 * @param {Evidence[]} evidence
 * @param {Conflict[]} conflicts
 * @param {string} checkId
 */
export function sides(evidence, conflicts, checkId) {
  const column = (/** @type {string} */ name, /** @type {string} */ stance) => {
    const found = evidence.filter((e) => e.stance === stance);
    return h("div", { class: `side ${stance}` }, h("h4", null, name), ...found.map((e) => passage(e, conflicts, checkId)),
      found.length === 0 && h("p", { class: "none" }, "no passage shown"));
  };
  return h("div", { class: "sides" }, column("say so", "supports"), column("say otherwise", "contradicts"));
}
