/** Shows the words in conflict one above the other: draft and archive, each in its sentence. */

import { h } from "./dom.js";

/** @typedef {{before: string, words: string, after: string}} InContext */

const ALIGNED_WORDS = 30; // longer ones leave no room beside them
const CONTEXT = 60;
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/**
 * The words of a text from `start` to `end` with the surrounding words of the same line.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {InContext}
 */
export function inContext(text, start, end) {
  const before = text.slice(Math.max(0, start - CONTEXT), start);
  const after = text.slice(end, end + CONTEXT);
  return {
    before: before.slice(Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1).trimStart(),
    words: text.slice(start, end),
    after: after.split(/[\r\n]/, 1)[0].trimEnd(),
  };
}

/**
 * @param {InContext} draft
 * @param {InContext} archive
 * @param {{inside?: boolean, stacked?: boolean}} [how] `inside`: the second line is the draft's too; `stacked`: whole sentences
 */
export function contrast(draft, archive, { inside = false, stacked = false } = {}) {
  const longest = Math.max(draft.words.length, archive.words.length);
  const aligned = !stacked && longest <= ALIGNED_WORDS && !RIGHT_TO_LEFT.test(draft.words + archive.words);
  return h("dl", { class: aligned ? "contrast aligned" : "contrast stacked" },
    ...line("draft", "draft says", draft), ...line("archive", inside ? "and says" : "archive says", archive));
}

/**
 * @param {string} side
 * @param {string} name
 * @param {InContext} said
 */
function line(side, name, { before, words, after }) {
  return [
    h("dt", { class: side }, name),
    h("dd", { class: side, dir: "auto" },
      h("span", { class: "before" }, h("span", null, before)),
      h(side === "draft" ? "del" : "ins", null, words),
      h("span", { class: "after" }, after)),
  ];
}
