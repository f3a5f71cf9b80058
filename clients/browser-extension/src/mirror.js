/** A text area shows no highlights: its words are laid out a second time above it, unseen, and bear the marks. */

import { commonStart } from "./draft.js";

const COPIED = ["direction", "fontFamily", "fontFeatureSettings", "fontKerning", "fontSize", "fontStretch", "fontStyle", "fontVariant", "fontWeight", "letterSpacing",
  "lineHeight", "overflowWrap", "paddingBottom", "paddingLeft", "paddingRight", "paddingTop", "tabSize", "textAlign", "textIndent", "textTransform", "wordBreak",
  "wordSpacing"];

export class Mirror {
  /**
   * @param {HTMLTextAreaElement | HTMLInputElement} field
   * @param {ParentNode & Node} layer where the mirror is put
   */
  constructor(field, layer) {
    this.field = field;
    this.frame = document.createElement("div");
    this.frame.className = "mirror";
    this.frame.setAttribute("aria-hidden", "true");
    this.page = document.createElement("div");
    this.page.className = "mirror-page";
    this.frame.append(this.page);
    layer.append(this.frame);
    this.value = "";
    this.#write(0, 0, [""]);
    this.follow();
    this.place();
  }

  get isOld() {
    return this.field.value !== this.value;
  }

  /** Takes over what has changed in the field: only changed lines are laid out anew. */
  follow() {
    const { value } = this.field;
    if (value === this.value) return;
    const same = commonStart(this.value, value);
    const first = this.value.slice(0, same).split("\n").length - 1;
    const [old, now] = [this.value.split("\n"), value.split("\n")];
    let tail = 0;
    while (tail < Math.min(old.length, now.length) - first - 1 && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
    const [gone, come] = [old.length - tail - first, now.slice(first, now.length - tail)];
    if (gone === 1 && come.length === 1) this.#edit(first, old[first], come[0]);
    else this.#write(first, gone, come);
    this.value = value;
  }

  /**
   * Only the letters that differ are changed: ranges on the others stay.
   * @param {number} line
   * @param {string} old
   * @param {string} now
   */
  #edit(line, old, now) {
    const text = /** @type {Text} */ (this.page.children[line].firstChild);
    const same = commonStart(old, now);
    let tail = 0;
    while (tail < Math.min(old.length, now.length) - same && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail++;
    text.replaceData(same, old.length - tail - same, now.slice(same, now.length - tail));
  }

  /**
   * @param {number} first
   * @param {number} gone
   * @param {string[]} come
   */
  #write(first, gone, come) {
    for (let n = 0; n < gone; n++) this.page.children[first].remove();
    const made = come.map((line) => {
      const row = document.createElement("span"); // a line and no paragraph
      row.append(line, document.createElement("br"));
      return row;
    });
    if (first === 0) this.page.prepend(...made);
    else this.page.children[first - 1].after(...made);
  }

  /** Puts it exactly above the field, scrolled as the field is. */
  place() {
    const box = this.field.getBoundingClientRect();
    const style = getComputedStyle(this.field);
    const shown = box.width > 0 && style.visibility === "visible";
    this.frame.hidden = !shown;
    if (!shown) return;
    const [left, top] = [parseFloat(style.borderLeftWidth), parseFloat(style.borderTopWidth)];
    Object.assign(this.frame.style, {
      left: `${box.left + left}px`, top: `${box.top + top}px`, width: `${this.field.clientWidth}px`, height: `${this.field.clientHeight}px`,
    });
    for (const name of COPIED) /** @type {any} */ (this.page.style)[name] = /** @type {any} */ (style)[name];
    const isLine = this.field instanceof HTMLInputElement;
    this.page.style.whiteSpace = isLine ? "pre" : style.whiteSpace;
    if (isLine) this.page.style.lineHeight = `${this.field.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)}px`;
    this.scroll();
  }

  scroll() {
    this.page.style.transform = `translate(${-this.field.scrollLeft}px, ${-this.field.scrollTop}px)`;
  }

  remove() {
    this.frame.remove();
  }
}
