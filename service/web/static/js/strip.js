/** The strip above the draft: overview of all claims, filters by label, progress of the check. */

import { h } from "./dom.js";
import { counted, LABELS, number, ORDER } from "./words.js";

export class Strip {
  /**
   * @param {{glance: HTMLElement, filters: HTMLElement, standing: HTMLElement, review: HTMLElement}} parts
   * @param {() => void} onFilter
   */
  constructor(parts, onFilter) {
    this.parts = parts;
    this.onFilter = onFilter;
    /** @type {Set<string>} labels that are shown; none: all */
    this.only = new Set();
    /** @type {Map<string, {button: HTMLElement, count: HTMLElement}>} */
    this.chips = new Map(ORDER.map((label) => [label, this.chip(label)]));
    parts.filters.replaceChildren(...[...this.chips.values()].map(({ button }) => button));
  }

  /** @param {keyof typeof LABELS} label */
  chip(label) {
    const { shape, word } = LABELS[label];
    const count = h("span", { class: "n" }, "0");
    const button = h("button", { type: "button", class: `chip is-${label}`, "aria-pressed": "false", "data-label": label, onclick: () => this.toggle(label) },
      h("span", { class: "shape", "aria-hidden": "true" }, shape), h("span", { class: "word" }, word), " ", count);
    return { button, count };
  }

  /** @param {string} label shows only it, or it too; again: no more */
  toggle(label) {
    if (!this.only.delete(label)) this.only.add(label);
    this.show();
  }

  /** Shows all. */
  clear() {
    this.only.clear();
    this.show();
  }

  show() {
    for (const [label, { button }] of this.chips) button.setAttribute("aria-pressed", String(this.only.has(label)));
    for (const label of ORDER) this.parts.review.classList.toggle(`no-${label}`, !this.shows(label));
    this.onFilter();
  }

  /** @param {string} label */
  shows(label) {
    return this.only.size === 0 || this.only.has(label);
  }

  /**
   * @param {string[]} labels of the claims known so far, in the order of the text
   * @param {number} inside how many places contradict each other
   * @param {number} total claims in all
   */
  count(labels, inside, total) {
    for (const [label, { button, count }] of this.chips) {
      const n = label === "inside" ? inside : labels.filter((l) => l === label).length;
      count.textContent = number(n);
      button.classList.toggle("empty", n === 0);
    }
    this.parts.glance.style.setProperty("background-image", stripes(labels, Math.max(total, labels.length)));
  }

  /** @param {string} words @param {string} [mood] "busy", "lost", "done" or "failed" */
  say(words, mood = "") {
    this.parts.standing.textContent = words;
    this.parts.standing.parentElement?.setAttribute("data-mood", mood);
  }
}

/**
 * One stripe per claim in the colour of its label; claims without a verdict stay transparent.
 * @param {string[]} labels
 * @param {number} total
 */
function stripes(labels, total) {
  const stops = labels.map((label, i) => {
    const [from, to] = [(100 * i) / total, (100 * (i + 1)) / total];
    return `var(--stripe-${label}) ${from.toFixed(3)}% ${to.toFixed(3)}%`;
  });
  const done = (100 * labels.length) / Math.max(total, 1);
  return `linear-gradient(to right, ${[...stops, `transparent ${done.toFixed(3)}%`, "transparent 100%"].join(", ")})`;
}

/**
 * What was checked and what was not, in a sentence.
 * @param {{sentences: number, checked: number, not_checkable: number, not_reached: number}} coverage
 * @param {{documents: number}} corpus
 */
export function coverageLine(coverage, corpus) {
  const parts = [`${number(coverage.checked)} of ${counted(coverage.sentences, "sentence")} checked`];
  if (coverage.not_checkable) parts.push(`${number(coverage.not_checkable)} not checkable`);
  parts.push(coverage.not_reached ? `${number(coverage.not_reached)} NOT reached` : "none left out");
  parts.push(`against ${counted(corpus.documents, "report")}`);
  return parts.join(" · ");
}
