/** What the extension shows beside marks: a card at the words, a counter in the corner, and a list behind it. */

import tokens from "../../../service/web/static/css/tokens.css";
import { fill, h } from "../../../service/web/static/js/dom.js";
import { LABELS, day } from "../../../service/web/static/js/words.js";
import style from "./board.css";
import { LOUD } from "./marks.js";

/** @typedef {import("./field.js").Field} Field */
/** @typedef {import("./marks.js").Mark} Mark */
/** @typedef {import("./marks.js").Finding} Finding */
/** @typedef {{write: (field: Field, mark: Mark, offer: Finding["offers"][number]) => void, redate: (day: string) => void, date: () => string}} Actions */

const MOST_PASSAGES = 3;

export class Board {
  /** @param {Actions} actions */
  constructor(actions) {
    this.actions = actions;
    this.host = document.createElement("factcheck-board");
    this.root = this.host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(tokens.replace(":root", ":host") + style);
    this.root.adoptedStyleSheets = [sheet];
    this.layer = h("div", { class: "layer" });
    this.card = h("section", { class: "card", role: "dialog", "aria-label": "factcheck", tabindex: "-1", hidden: true });
    this.list = h("section", { class: "list", role: "dialog", "aria-label": "factcheck: this draft", tabindex: "-1", hidden: true });
    this.corner = h("button", { type: "button", class: "corner", hidden: true, "aria-live": "polite", onclick: () => this.#turnList() });
    this.root.append(this.layer, this.card, this.list, this.corner);
    /** @type {{field: Field, mark: Mark, isPinned: boolean} | null} */
    this.shown = null;
    /** @type {Field | null} */
    this.field = null;
    // Keys that are pressed here are not the page's.
    for (const kind of ["keydown", "keyup", "keypress"]) this.host.addEventListener(kind, (event) => /** @type {KeyboardEvent} */ (event).key === "Escape" || event.stopPropagation());
    this.card.addEventListener("mouseleave", () => this.shown?.isPinned || this.close());
  }

  /** Beside the page's body, so that no editor takes it for its own. */
  #enter() {
    if (!this.host.isConnected) document.documentElement.append(this.host);
  }

  /** @param {EventTarget | Element | null} node */
  owns(node) {
    return node === this.host;
  }

  /** The field that the corner speaks of. @param {Field | null} field */
  tell(field) {
    this.field = field;
    if (field) this.#enter();
    this.corner.hidden = !field || (!field.isBusy && !field.trouble && field.findings.length === 0);
    if (!field) this.list.hidden = true;
    if (!field || this.corner.hidden) return;
    const loud = loudOf(field);
    const counts = ["contradicted", "disputed", "inside"].map((kind) => {
      const n = loud.filter((mark) => mark.finding.kind === kind).length;
      return n > 0 && h("span", { class: `is-${kind}` }, `${LABELS[/** @type {keyof typeof LABELS} */ (kind)].shape} ${n}`, h("span", { class: "unseen" }, ` ${LABELS[/** @type {keyof typeof LABELS} */ (kind)].word}`));
    });
    const words = field.trouble ? "not checked" : field.isBusy ? "checking …" : loud.length === 0 ? "nothing contradicted" : "";
    fill(this.corner, ...counts, words && h("span", { class: field.trouble ? "trouble" : "soft" }, words));
    if (!this.list.hidden) this.#fillList(field);
  }

  #turnList() {
    this.close();
    this.list.hidden = !this.list.hidden;
    if (this.list.hidden || !this.field) return;
    this.#fillList(this.field);
    this.list.focus();
  }

  /** @param {Field} field */
  #fillList(field) {
    const of = (/** @type {string} */ kind) => field.marks.filter((mark) => mark.finding.kind === kind).length;
    const items = loudOf(field).map((mark) => h("li", null, h("button", { type: "button", class: `item is-${mark.finding.kind}`, onclick: () => this.#goTo(field, mark) },
      label(mark.finding), h("span", { class: "gist", dir: "auto" }, mark.finding.message || mark.finding.text))));
    fill(this.list,
      field.trouble && h("p", { class: "trouble", role: "alert" }, field.trouble),
      field.trouble && h("button", { type: "button", class: "button", onclick: () => void chrome.runtime.sendMessage({ ask: "options" }) }, "Options"),
      h("ol", null, ...items),
      items.length === 0 && !field.trouble && h("p", { class: "soft" }, "Nothing in this draft is contradicted or disputed."),
      h("p", { class: "soft" }, `${of("supported")} supported, ${of("unverified")} unverified. What bears no mark is not approved.`),
      h("label", { class: "soft" }, "Date of the draft ", h("input", { type: "date", value: this.actions.date(), onchange: (/** @type {any} */ event) => event.target.value && this.actions.redate(event.target.value) })),
      h("p", { class: "soft" }, h("kbd", null, "F8"), " next, ", h("kbd", null, "Shift F8"), " previous, ", h("kbd", null, "Esc"), " close"));
  }

  /**
   * @param {Field} field
   * @param {Mark} mark
   */
  #goTo(field, mark) {
    this.list.hidden = true;
    const at = mark.range.startContainer.parentElement;
    if (field.mirror) /** @type {HTMLElement} */ (field.home).scrollIntoView({ block: "nearest" });
    else at?.scrollIntoView({ block: "center" });
    if (field.mirror) this.#scrollArea(field, mark);
    this.show(field, mark, { isPinned: true, takesFocus: true });
  }

  /**
   * @param {Field} field
   * @param {Mark} mark
   */
  #scrollArea(field, mark) {
    const area = /** @type {HTMLElement} */ (field.home);
    const away = mark.range.getBoundingClientRect().top - area.getBoundingClientRect().top;
    if (away < 0 || away > area.clientHeight - 20) area.scrollTop += away - area.clientHeight / 2;
    field.mirror?.scroll();
  }

  /**
   * The next loud mark after the one that is shown, else after the caret's field's beginning.
   * @param {Field} field
   * @param {1 | -1} way
   */
  step(field, way) {
    const marks = loudOf(field);
    if (marks.length === 0) return;
    const at = this.shown ? marks.indexOf(this.shown.mark) : way > 0 ? -1 : 0;
    this.#goTo(field, marks[(at + way + marks.length) % marks.length]);
  }

  /**
   * @param {Field} field
   * @param {Mark} mark
   * @param {{isPinned: boolean, takesFocus?: boolean}} how
   */
  show(field, mark, { isPinned, takesFocus = false }) {
    if (this.shown?.mark === mark && !takesFocus) {
      this.shown.isPinned ||= isPinned;
      return;
    }
    this.#enter();
    this.shown = { field, mark, isPinned };
    this.card.className = `card is-${mark.finding.kind}`;
    fill(this.card, ...this.#body(field, mark));
    this.card.hidden = false;
    this.follow();
    if (takesFocus) this.card.focus({ preventScroll: true });
  }

  /**
   * @param {Field} field
   * @param {Mark} mark
   */
  #body(field, mark) {
    const { finding } = mark;
    const telling = finding.evidence.filter(({ stance }) => stance !== "neutral");
    const shown = (telling.length > 0 ? telling : finding.evidence).slice(0, MOST_PASSAGES);
    const offers = finding.offers.slice(0, 3).map((offer) => h("button", { type: "button", class: "button apply", onclick: () => {
      this.close();
      this.actions.write(field, mark, offer);
    } }, "Write ", h("q", { dir: "auto" }, offer.write)));
    return [
      h("header", null, label(finding), ...finding.kinds.map((kind) => h("span", { class: "kind" }, kind)),
        h("button", { type: "button", class: "close", "aria-label": "close", onclick: () => this.close() }, "✕")),
      finding.message && h("p", { class: "message", dir: "auto" }, finding.message),
      ...shown.map((evidence) => passage(evidence, field.address)),
      offers.length > 0 && h("div", { class: "tools" }, ...offers),
    ];
  }

  /** Puts the card below its words, or above them where there is no room. */
  follow() {
    if (!this.shown) return;
    const words = this.shown.mark.odd[0] ?? this.shown.mark.range;
    const box = [...words.getClientRects()].find(({ width }) => width > 0) ?? words.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const below = box.bottom + 6;
    const top = below + height > innerHeight && box.top - 6 - height > 0 ? box.top - 6 - height : below;
    this.card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    this.card.style.top = `${Math.max(8, Math.min(top, innerHeight - height - 8))}px`;
  }

  /** Marks were set anew: the card stays with its finding, or goes. */
  forget() {
    if (!this.shown) return;
    const { field, mark } = this.shown;
    if (field.marks.includes(mark) && mark.isShown) return;
    const same = field.marks.find(({ finding }) => finding.id === mark.finding.id && finding.message === mark.finding.message);
    if (same) this.shown.mark = same;
    else this.close();
  }

  /**
   * The pointer rests where no mark is.
   * @param {number} x
   * @param {number} y
   * @param {boolean} isClick
   */
  leave(x, y, isClick) {
    if (isClick) this.list.hidden = true;
    if (!this.shown || (this.shown.isPinned && !isClick)) return;
    const box = this.card.getBoundingClientRect();
    const isNear = x > box.left - 8 && x < box.right + 8 && y > box.top - 8 && y < box.bottom + 8;
    if (!isNear || isClick) this.close();
  }

  /** Closes card and list; true where something was open. The caret goes back to where it was. */
  close() {
    const wasOpen = !this.card.hidden || !this.list.hidden;
    const field = this.shown?.field ?? this.field;
    const hadFocus = document.activeElement === this.host;
    this.card.hidden = true;
    this.list.hidden = true;
    this.shown = null;
    if (wasOpen && hadFocus) field?.focus();
    return wasOpen;
  }
}

/** @param {Field} field */
const loudOf = (field) => field.marks.filter((mark) => mark.isShown && LOUD.has(mark.finding.kind));

/** @param {Finding} finding */
function label({ kind }) {
  const { shape, word } = LABELS[kind];
  return h("span", { class: "label" }, h("span", { "aria-hidden": "true" }, shape), ` ${word}`);
}

/**
 * @param {Finding["evidence"][number]} evidence
 * @param {string} address of the service
 */
function passage({ document: ref, span, text, stance }, address) {
  const query = new URLSearchParams({ report: ref.id, field: span.field, start: String(span.utf16.start), end: String(span.utf16.end) });
  return h("figure", { class: `passage ${stance}` },
    h("figcaption", null,
      h("a", { href: `${address}/corpus?${query}`, target: "_blank", rel: "noreferrer", class: "source", dir: "auto" }, ref.source || ref.title || ref.id),
      " ", h("time", { datetime: ref.published_at }, day(ref.published_at) || "no date"),
      ref.title && ref.source && h("span", { class: "headline", dir: "auto" }, ref.title)),
    h("blockquote", { dir: "auto" }, text));
}
