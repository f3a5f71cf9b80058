/** The draft on the page: paragraphs of text, in which marks appear. A paragraph is built again only when its marks change. */

import { h } from "./dom.js";
import { piecesOf } from "./pieces.js";
import { LABELS } from "./words.js";

/** @typedef {import("./draft.js").Field} Field */
/** @typedef {import("./pieces.js").Mark & {field: Field}} PlacedMark */
/** @typedef {{field: Field, start: number, end: number, node: HTMLElement, marks: PlacedMark[]}} Paragraph */

const LETTER_PX = 6.4; // of the words above a mark, and a little more
const LINE_CHARS = 76; // a guess, for paragraphs that have not been shown yet
const TIGHT_CHARS = 16; // a shorter claim has no room for its word above it, only for its shape

export class Sheet {
  /**
   * @param {HTMLElement} place
   * @param {(key: string) => void} onPick
   */
  constructor(place, onPick) {
    this.place = place;
    /** @type {Paragraph[]} */
    this.paragraphs = [];
    /** @type {Map<string, PlacedMark>} */
    this.marks = new Map();
    /** @type {Map<string, string>} key → more classes of its mark */
    this.states = new Map();
    /** @type {Set<Paragraph>} */
    this.dirty = new Set();
    /** @type {string | null} */
    this.chosen = null;
    place.addEventListener("contentvisibilityautostatechange", (event) => {
      this.keepWordsInside(this.paragraphs.filter((p) => p.node === event.target));
    }, true);
    addEventListener("resize", () => this.keepWordsInside(this.paragraphs));
    place.addEventListener("click", (event) => pick(event, onPick));
    place.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") pick(event, onPick);
    });
  }

  /** @param {import("./draft.js").Draft} draft */
  show(draft) {
    this.draft = draft;
    this.marks.clear();
    this.states.clear();
    this.chosen = null;
    this.dirty.clear();
    this.paragraphs = [];
    for (const field of /** @type {Field[]} */ (["title", "text"])) {
      for (const range of draft.paragraphs(field)) {
        const words = draft.original(field).slice(range.start, range.end);
        const node = h(field === "title" ? "h2" : "p", { dir: "auto", class: field }, ...this.untagged(words));
        node.style.setProperty("--lines", String(Math.ceil(words.length / LINE_CHARS)));
        this.paragraphs.push({ field, ...range, node, marks: [] });
      }
    }
    this.place.replaceChildren(...this.paragraphs.map((p) => p.node));
  }

  /** @param {PlacedMark} mark new, or in place of the one with its key */
  set(mark) {
    this.remove(mark.key);
    this.marks.set(mark.key, mark);
    for (const paragraph of this.under(mark)) {
      paragraph.marks.push(mark);
      this.dirty.add(paragraph);
    }
  }

  /** @param {string} key */
  remove(key) {
    const mark = this.marks.get(key);
    if (!mark) return;
    this.marks.delete(key);
    for (const paragraph of this.under(mark)) {
      paragraph.marks = paragraph.marks.filter((m) => m.key !== key);
      this.dirty.add(paragraph);
    }
  }

  /**
   * @param {string} key
   * @param {string} classes "dismissed", "mended" or none
   */
  setState(key, classes) {
    if ((this.states.get(key) ?? "") === classes) return;
    this.states.set(key, classes);
    this.touch(key);
  }

  /** @param {string} key what its mark or its change looks like is to be built again */
  touch(key) {
    const mark = this.marks.get(key);
    const changes = this.draft?.changes.filter((c) => c.key === key) ?? [];
    for (const range of mark ? [mark, ...changes] : changes) this.under(range).forEach((p) => this.dirty.add(p));
  }

  /** @param {Field} field @param {number} start @param {number} end */
  touchRange(field, start, end) {
    this.under({ field, start, end }).forEach((p) => this.dirty.add(p));
  }

  /** Build what has changed since the last time. */
  flush() {
    const built = [...this.dirty];
    this.dirty.clear();
    built.forEach((paragraph) => this.build(paragraph));
    this.keepWordsInside(built);
    this.keepOneStop();
  }

  /**
   * A word above a mark that begins near the end of a line would stand out of the page: it is moved back.
   * @param {Paragraph[]} paragraphs
   */
  keepWordsInside(paragraphs) {
    const seen = paragraphs.filter((p) => p.node.checkVisibility?.({ contentVisibilityAuto: true }) ?? true);
    const nodes = /** @type {HTMLElement[]} */ (seen.flatMap((p) => [...p.node.querySelectorAll("mark.first:not(.tight)")]));
    const edges = this.place.getBoundingClientRect();
    const rooms = nodes.map((node) => {
      const [line] = node.getClientRects();
      const rtl = getComputedStyle(node).direction === "rtl";
      return line ? wordPx(node) - (rtl ? line.right - edges.left : edges.right - line.left) : 0;
    });
    nodes.forEach((node, i) => {
      if (rooms[i] > 0) node.style.setProperty("--back", `${Math.ceil(rooms[i])}px`);
      else node.style.removeProperty("--back");
    });
  }

  /**
   * The mark's first element.
   * @param {string} key
   * @returns {HTMLElement | null}
   */
  find(key) {
    return this.place.querySelector(`mark[data-key="${CSS.escape(key)}"]`);
  }

  /** @param {string | null} key */
  choose(key) {
    for (const node of this.place.querySelectorAll("mark.chosen")) node.classList.remove("chosen");
    this.chosen = key;
    for (const node of this.place.querySelectorAll('mark[tabindex="0"]')) node.setAttribute("tabindex", "-1");
    if (key !== null) {
      for (const node of this.place.querySelectorAll(`mark[data-key="${CSS.escape(key)}"]`)) node.classList.add("chosen");
      this.find(key)?.setAttribute("tabindex", "0");
    }
    this.keepOneStop();
  }

  /** Of all marks one is reached by Tab: the chosen one, else the first. The others are a `j` or a click away. */
  keepOneStop() {
    if (!this.place.querySelector('mark[tabindex="0"]')) this.place.querySelector("mark[tabindex]")?.setAttribute("tabindex", "0");
  }

  /** @param {{field: Field, start: number, end: number}} range */
  under(range) {
    return this.paragraphs.filter((p) => p.field === range.field && p.start < range.end && range.start < p.end);
  }

  /** @param {Paragraph} paragraph */
  build(paragraph) {
    if (!this.draft) return;
    const held = document.activeElement instanceof HTMLElement && paragraph.node.contains(document.activeElement);
    const heldKey = held ? document.activeElement?.getAttribute("data-key") : null;
    const pieces = piecesOf(this.draft, paragraph.field, paragraph, paragraph.marks);
    paragraph.node.replaceChildren(...pieces.flatMap((piece) => this.piece(piece)));
    if (heldKey) this.find(heldKey)?.focus({ preventScroll: true });
  }

  /**
   * Of a draft in HTML the tags stay in the text, where offsets count them, but out of sight.
   * @param {string} words
   */
  untagged(words) {
    if (!this.draft?.isHtml) return [words];
    return words.split(/(<[^<>]*>)/).map((part, i) => (i % 2 ? h("span", { hidden: true }, part) : part));
  }

  /** @param {import("./pieces.js").Piece} piece */
  piece({ mark, first, runs }) {
    const words = runs.map((run) => {
      if (run.change) return h("ins", { title: `was: ${run.change.words}` }, run.words);
      return run.odd ? h("em", null, ...this.untagged(run.words)) : run.words;
    }).flatMap((part) => (typeof part === "string" ? this.untagged(part) : [part]));
    if (!mark) return words;
    const tight = mark.end - mark.start < TIGHT_CHARS;
    const classes = [`is-${mark.label}`, first && "first", tight && "tight", this.states.get(mark.key), this.chosen === mark.key && "chosen"];
    const more = first ? { role: "button", tabindex: this.chosen === mark.key ? "0" : "-1" } : null;
    return [h("mark", { class: classes.filter(Boolean).join(" "), "data-key": mark.key, ...more }, ...words)];
  }
}

/** @param {Element} mark how wide the word above it is, or becomes when it is corrected or dismissed */
function wordPx(mark) {
  const label = Object.keys(LABELS).find((name) => mark.classList.contains(`is-${name}`));
  const { word } = LABELS[/** @type {keyof typeof LABELS} */ (label)];
  return LETTER_PX * (Math.max(word.length, "corrected".length) + 2);
}

/**
 * @param {Event} event
 * @param {(key: string) => void} onPick
 */
function pick(event, onPick) {
  const node = event.target instanceof Element ? event.target.closest("mark[data-key]") : null;
  if (!node || (event.type === "click" && String(getSelection()))) return;
  event.preventDefault();
  onPick(node.getAttribute("data-key") ?? "");
}
