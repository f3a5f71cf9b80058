/** The text of an editor as the service gets it, with the way back from its offsets (UTF-16 units) to places in the DOM. */

const BLOCKS = new Set(("ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE " +
  "SECTION TABLE TBODY TD TFOOT TH THEAD TR UL").split(" "));
const SILENT = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT SELECT BUTTON TEXTAREA INPUT SVG IFRAME".split(" "));
const COLLAPSED = /[ \t\n\r\f]{2,}|[\t\n\r\f]|[\u200b\u2060\ufeff]+/g;
const INVISIBLE = /[\u200b\u2060\ufeff]/;

/** @typedef {{node: Text, from: number, start: number, length: number}} Piece letters of a text node from `from`, that are the text's from `start` */

export class Draft {
  /** @param {Iterable<Element>} surfaces elements that hold the text, in their order */
  constructor(surfaces) {
    this.text = "";
    /** @type {Piece[]} */
    this.pieces = [];
    for (const surface of surfaces) {
      this.#end("\n\n");
      this.#read(surface, keepsSpace(surface));
    }
    this.text = this.text.trimEnd();
  }

  /**
   * @param {Node} node
   * @param {boolean} isPre
   */
  #read(node, isPre) {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === Node.TEXT_NODE) this.#take(/** @type {Text} */ (child), isPre);
      else if (child.nodeType === Node.ELEMENT_NODE) this.#enter(/** @type {Element} */ (child), isPre);
    }
  }

  /**
   * @param {Element} element
   * @param {boolean} isPre
   */
  #enter(element, isPre) {
    const tag = element.tagName.toUpperCase();
    if (tag === "BR") return this.#end("\n");
    if (SILENT.has(tag) || element.getAttribute("aria-hidden") === "true") return;
    const isBlock = BLOCKS.has(tag);
    if (isBlock) this.#end("\n\n");
    this.#read(element, isPre || tag === "PRE");
    if (isBlock) this.#end("\n\n");
  }

  /**
   * @param {Text} node
   * @param {boolean} isPre
   */
  #take(node, isPre) {
    const { data } = node;
    let from = 0;
    for (const { 0: found, index } of isPre ? [] : data.matchAll(COLLAPSED)) {
      this.#add(node, from, index);
      if (!INVISIBLE.test(found)) this.#space(node, index);
      from = index + found.length;
    }
    this.#add(node, from, data.length);
  }

  /**
   * @param {Text} node
   * @param {number} from
   * @param {number} to
   */
  #add(node, from, to) {
    if (to <= from) return;
    this.pieces.push({ node, from, start: this.text.length, length: to - from });
    this.text += node.data.slice(from, to).replaceAll("\u00a0", " ");
  }

  /**
   * @param {Text} node
   * @param {number} from
   */
  #space(node, from) {
    if (this.text === "" || /\s$/.test(this.text)) return;
    this.pieces.push({ node, from, start: this.text.length, length: 1 });
    this.text += " ";
  }

  /** @param {"\n" | "\n\n"} mark */
  #end(mark) {
    if (this.text === "") return;
    const had = this.text.endsWith("\n\n") ? 2 : this.text.endsWith("\n") ? 1 : 0;
    this.text += mark === "\n" ? mark : mark.slice(had);
  }

  /**
   * The place of `[start, end)` in the DOM; null where the text has no such place.
   * @param {number} start
   * @param {number} end
   */
  range(start, end) {
    const first = this.#piece(start);
    const last = this.#piece(end - 1);
    if (!first || !last || end <= start) return null;
    const range = new Range();
    range.setStart(first.node, first.from + start - first.start);
    range.setEnd(last.node, last.from + end - last.start);
    return range;
  }

  /** @param {number} at */
  #piece(at) {
    let [low, high] = [0, this.pieces.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (at < piece.start) high = middle - 1;
      else if (at >= piece.start + piece.length) low = middle + 1;
      else return piece;
    }
    return null;
  }
}

/** @param {Element} surface */
const keepsSpace = (surface) => /^(pre|break)/.test(getComputedStyle(surface).whiteSpace);

/**
 * Where words of an older text stand now: at the same place counted from the beginning or the end, else at the nearest; -1 if nowhere.
 * @param {string} words
 * @param {number} at where they stood
 * @param {string} before the older text
 * @param {string} now
 */
export function whereNow(words, at, before, now) {
  if (words === "") return -1;
  const moved = at + now.length - before.length;
  const guess = commonStart(before, now) >= at + words.length ? at : moved;
  if (now.startsWith(words, guess)) return guess;
  let best = -1;
  for (let found = now.indexOf(words); found >= 0; found = now.indexOf(words, found + 1)) {
    if (best < 0 || Math.abs(found - guess) < Math.abs(best - guess)) best = found;
  }
  return best;
}

/**
 * @param {string} a
 * @param {string} b
 */
export function commonStart(a, b) {
  const most = Math.min(a.length, b.length);
  let n = 0;
  while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) n++;
  return n;
}
