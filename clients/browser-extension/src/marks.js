/** Marks on words, by the CSS Custom Highlight API: no node of an editor is added, removed or changed. */

import { whereNow } from "./draft.js";

/** @typedef {import("../../typescript/schema.js").components["schemas"]} Schemas */
/** @typedef {"contradicted" | "disputed" | "inside" | "supported" | "unverified"} Kind */
/** @typedef {{kind: string, draft: string, archive: string}} Contrast */
/**
 * @typedef {object} Finding what a mark and its card show
 * @property {string} id
 * @property {Kind} kind
 * @property {string} text words that have to stand for the verdict to hold
 * @property {number} start offset of `text` in the checked draft
 * @property {{at: number, text: string}[]} odd words in conflict, offsets within `text`
 * @property {string} message
 * @property {string[]} kinds
 * @property {Schemas["Evidence"][]} evidence
 * @property {{at: number, length: number, write: string}[]} offers words to be replaced, offsets within `text`
 */

export const LOUD = new Set(["contradicted", "disputed", "inside"]);

/**
 * What a report has to say, in the order of the draft.
 * @param {Schemas["Report"]} report
 * @param {string} text the checked draft
 * @returns {Finding[]}
 */
export function findingsOf(report, text) {
  const claims = report.claims.filter((claim) => claim.label !== "not_checkable" && claim.decision?.decision !== "dismissed");
  return [...claims.map(ofClaim), ...report.internal_conflicts.map((conflict, n) => ofInside(conflict, n, text))].sort((a, b) => a.start - b.start);
}

/** @param {Schemas["Verdict"]} claim @returns {Finding} */
function ofClaim(claim) {
  const { start } = claim.span.utf16;
  const within = claim.conflicts.filter(({ claim: side }) => side.span.utf16.start >= start && side.span.utf16.end <= claim.span.utf16.end);
  return {
    id: claim.id,
    kind: /** @type {Kind} */ (claim.label),
    text: claim.text,
    start,
    odd: within.map(({ claim: side }) => ({ at: side.span.utf16.start - start, text: side.text })),
    message: claim.message,
    kinds: [...new Set(claim.conflicts.map(({ kind }) => kind))],
    evidence: claim.evidence,
    offers: offersOf(claim.suggestions, start, claim.text.length),
  };
}

/**
 * @param {Schemas["InternalConflict"]} conflict
 * @param {number} n
 * @param {string} text
 * @returns {Finding}
 */
function ofInside({ kind, a, b, message, suggestions }, n, text) {
  const sides = b && Math.abs(b.span.utf16.start - a.span.utf16.start) < 1000 ? [a, b] : [a];
  const start = Math.min(...sides.map((side) => side.span.utf16.start));
  const end = Math.max(...sides.map((side) => side.span.utf16.end));
  return {
    id: `inside-${n}`,
    kind: "inside",
    text: text.slice(start, end),
    start,
    odd: sides.map((side) => ({ at: side.span.utf16.start - start, text: side.text })),
    message,
    kinds: [kind],
    evidence: [],
    offers: offersOf(suggestions, start, end - start),
  };
}

/**
 * @param {Schemas["Suggestion"][]} suggestions
 * @param {number} start
 * @param {number} length
 */
function offersOf(suggestions, start, length) {
  return suggestions
    .map(({ span, replacement }) => ({ at: span.utf16.start - start, length: span.utf16.end - span.utf16.start, write: replacement }))
    .filter(({ at, length: taken }) => at >= 0 && at + taken <= length);
}

/** One finding on the words that it is about; its ranges are live, and follow edits elsewhere by themselves. */
export class Mark {
  /**
   * @param {Finding} finding
   * @param {Range} range of the finding's text
   * @param {Range[]} odd
   * @param {string} names which inks: "" or "-dark"
   */
  constructor(finding, range, odd, names) {
    this.finding = finding;
    this.range = range;
    this.odd = odd;
    this.raw = range.toString();
    this.names = [`factcheck-${finding.kind}${names}`, `factcheck-${finding.kind}-words${names}`];
    this.isShown = false;
  }

  /** False as soon as somebody, or the page, has changed these words, or put other nodes in their place. */
  get holds() {
    return this.range.startContainer.isConnected && this.range.toString() === this.raw;
  }

  show() {
    this.isShown = true;
    highlight(this.names[0]).add(this.range);
    for (const range of this.odd) highlight(this.names[1]).add(range);
  }

  hide() {
    this.isShown = false;
    highlight(this.names[0]).delete(this.range);
    for (const range of this.odd) highlight(this.names[1]).delete(range);
  }

  /**
   * @param {number} x of the viewport
   * @param {number} y
   */
  isAt(x, y) {
    if (!this.isShown) return false;
    const inside = (/** @type {DOMRect} */ box) => x >= box.left && x <= box.right && y >= box.top - 2 && y <= box.bottom + 2;
    return inside(this.range.getBoundingClientRect()) && [...this.range.getClientRects()].some(inside);
  }
}

/**
 * A mark for each finding whose words still stand in the draft.
 * @param {Finding[]} findings
 * @param {string} before the text that was checked
 * @param {import("./draft.js").Draft} draft as it is now
 * @param {string} names
 */
export function anchor(findings, before, draft, names) {
  const marks = [];
  for (const finding of findings) {
    const at = whereNow(finding.text, finding.start, before, draft.text);
    const range = at < 0 ? null : draft.range(at, at + finding.text.length);
    if (!range) continue;
    const odd = finding.odd.map((words) => draft.range(at + words.at, at + words.at + words.text.length));
    marks.push(new Mark(finding, range, /** @type {Range[]} */ (odd.filter(Boolean)), names));
  }
  return marks;
}

/** @param {string} name */
function highlight(name) {
  const known = CSS.highlights.get(name);
  if (known) return known;
  const made = new Highlight();
  made.priority = name.includes("-words") ? 2 : 1;
  CSS.highlights.set(name, made);
  return made;
}
