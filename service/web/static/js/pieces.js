/** Splits a paragraph at the boundaries of marks, without nesting: where claims overlap, the shorter one is shown. */

import { Draft } from "./draft.js";

/** @typedef {import("./draft.js").Field} Field */
/** @typedef {{key: string, label: string, start: number, end: number, odd: {start: number, end: number}[]}} Mark a claim's place; `odd` are its words in conflict */
/** @typedef {{words: string, odd: boolean, change: import("./draft.js").Change | null}} Run */
/** @typedef {{mark: Mark | null, first: boolean, runs: Run[]}} Piece */

/**
 * @param {Draft} draft
 * @param {Field} field
 * @param {{start: number, end: number}} range the paragraph
 * @param {Mark[]} marks all that touch it
 * @returns {Piece[]}
 */
export function piecesOf(draft, field, range, marks) {
  const changes = draft.changesIn(field, range.start, range.end);
  const begun = new Set();
  /** @type {Piece[]} */
  const pieces = [];
  const cuts = cutsOf(range, marks, changes);
  for (let i = 0; i + 1 < cuts.length; i += 1) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    const mark = shortest(marks, start, end);
    let piece = pieces.at(-1);
    if (!piece || piece.mark !== mark) {
      piece = { mark, first: mark !== null && mark.start >= range.start && !begun.has(mark.key), runs: [] };
      if (mark) begun.add(mark.key);
      pieces.push(piece);
    }
    const run = runOf(draft.original(field), start, end, mark, changes);
    if (run) piece.runs.push(run);
  }
  return pieces;
}

/**
 * @param {{start: number, end: number}} range
 * @param {Mark[]} marks
 * @param {import("./draft.js").Change[]} changes
 */
function cutsOf(range, marks, changes) {
  const cuts = new Set([range.start, range.end]);
  const add = (/** @type {{start: number, end: number}} */ part) => {
    for (const at of [part.start, part.end]) if (range.start < at && at < range.end) cuts.add(at);
  };
  for (const mark of marks) [mark, ...mark.odd].forEach(add);
  changes.forEach(add);
  return [...cuts].sort((a, b) => a - b);
}

/**
 * @param {Mark[]} marks
 * @param {number} start
 * @param {number} end
 */
function shortest(marks, start, end) {
  /** @type {Mark | null} */
  let best = null;
  for (const mark of marks) {
    const covers = mark.start <= start && end <= mark.end;
    if (covers && (!best || mark.end - mark.start < best.end - best.start)) best = mark;
  }
  return best;
}

/**
 * The words between two cuts as they stand now; a change shows once, at its beginning.
 * @param {string} original
 * @param {number} start
 * @param {number} end
 * @param {Mark | null} mark
 * @param {import("./draft.js").Change[]} changes
 * @returns {Run | null}
 */
function runOf(original, start, end, mark, changes) {
  const change = changes.find((c) => c.start <= start && end <= c.end) ?? null;
  if (change) return change.start === start ? { words: change.replacement, odd: false, change } : null;
  const odd = mark !== null && mark.odd.some((part) => part.start <= start && end <= part.end);
  return { words: original.slice(start, end), odd, change: null };
}
