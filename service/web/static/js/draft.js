/** The draft as submitted, later changes, and the mapping between both. Offsets are UTF-16 code units. */

/** @typedef {"text" | "title"} Field */
/** @typedef {{field: Field, start: number, end: number, utf16: {start: number, end: number}}} Span */
/** @typedef {{text: string, title: string | null, published_at: string | null, source?: string | null, url?: string | null, language?: string | null, format?: string}} Article */
/** @typedef {{key: string, field: Field, start: number, end: number, words: string, replacement: string}} Change */

const HTML_BLOCKS = /[^\r\n]+?(?=<(?:p|h[1-6]|li|blockquote|div|tr)\b|[\r\n]|$)/gi;

export class Draft {
  /** @param {Article} article */
  constructor(article) {
    this.article = article;
    /** @type {Change[]} in the order they were made */
    this.changes = [];
    this.isHtml = article.format === "html";
  }

  /** @param {Field} field */
  original(field) {
    return (field === "title" ? this.article.title : this.article.text) ?? "";
  }

  /**
   * Puts the replacement in place; false where another change already holds some of these words.
   * @param {string} key whose change it is
   * @param {Span} span
   * @param {string} replacement
   */
  apply(key, span, replacement) {
    const { start, end } = span.utf16;
    const taken = this.changes.some((c) => c.field === span.field && c.start < end && start < c.end);
    if (taken) return false;
    const words = this.original(span.field).slice(start, end);
    this.changes.push({ key, field: span.field, start, end, words, replacement });
    return true;
  }

  /** @param {string} key */
  undo(key) {
    this.changes = this.changes.filter((change) => change.key !== key);
  }

  /** @param {string} key */
  isChanged(key) {
    return this.changes.some((change) => change.key === key);
  }

  /**
   * The field with all changes in it.
   * @param {Field} field
   */
  current(field) {
    let [text, at] = ["", 0];
    const original = this.original(field);
    for (const change of this.changesIn(field, 0, original.length)) {
      text += original.slice(at, change.start) + change.replacement;
      at = change.end;
    }
    return text + original.slice(at);
  }

  /** The article as it stands now, ready to be handed in again. @returns {Article} */
  asArticle() {
    const title = this.article.title === null ? null : this.current("title");
    return { ...this.article, text: this.current("text"), title };
  }

  /**
   * Changes that begin in the range, in the order of the text.
   * @param {Field} field
   * @param {number} start
   * @param {number} end
   */
  changesIn(field, start, end) {
    const inside = this.changes.filter((c) => c.field === field && start <= c.start && c.start < end);
    return inside.sort((a, b) => a.start - b.start);
  }

  /**
   * The text's paragraphs as ranges; the line breaks between them belong to none. In HTML each block is one.
   * @param {Field} field
   * @returns {{start: number, end: number}[]}
   */
  paragraphs(field) {
    const blocks = field === "text" && this.isHtml ? HTML_BLOCKS : /[^\r\n]+/g;
    return [...this.original(field).matchAll(blocks)]
      .filter(([words]) => words.trim() !== "")
      .map((found) => ({ start: found.index, end: found.index + found[0].length }));
  }
}
