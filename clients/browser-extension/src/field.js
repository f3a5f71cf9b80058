/** A draft under the pen: one text area, or all editors of a document or shadow root, which together are one article. */

import { Draft } from "./draft.js";
import { anchor, findingsOf, LOUD } from "./marks.js";
import { Mirror } from "./mirror.js";

/** @typedef {import("./worker.js").Tidings} Tidings */

const PAUSE_MS = 1200; // after the last key until the draft is sent
const SETTLE_MS = 300; // after the last change until marks are looked for at other places
const GLANCE_MS = 120; // between two looks whether marks still hold
const LEAST_LETTERS = 20;

/** @typedef {HTMLTextAreaElement | HTMLInputElement} Area */
/** @typedef {{layer: ParentNode & Node, date: () => string, isQuiet: () => boolean, changed: (field: Field) => void, gone: (field: Field) => void}} Surroundings */

/** What text areas and editors have in common. */
export class Field {
  /**
   * @param {Area | Document | ShadowRoot} home a text area, or where the editors are
   * @param {Surroundings} around
   */
  constructor(home, around) {
    this.home = home;
    this.around = around;
    /** @type {import("./marks.js").Mark[]} */
    this.marks = [];
    /** @type {import("./marks.js").Finding[]} */
    this.findings = [];
    this.checked = ""; // the text that `findings` are about
    this.sent = "";
    this.isBusy = false;
    this.trouble = "";
    this.address = "";
    this.changedAt = performance.now();
    /** @type {Element | null} */
    this.top = null;
    this.frame = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.glancing = undefined;
    this.isPartly = false;
    this.mirror = isArea(home) ? new Mirror(home, around.layer) : null;
    this.names = isOnDark(this.surfaces[0]) ? "-dark" : "";
    this.observer = new MutationObserver(() => this.touched());
    this.watch();
    this.touched();
  }

  /** Elements that hold the text. @returns {Element[]} */
  get surfaces() {
    return this.mirror ? [this.mirror.page] : editorsIn(/** @type {Document | ShadowRoot} */ (this.home));
  }

  /** Watches the closest element that all editors are in. */
  watch() {
    if (this.mirror) return;
    const editors = this.surfaces;
    let top = editors[0];
    while (top?.parentElement && !editors.every((editor) => top.contains(editor))) top = top.parentElement;
    if (!top || top === this.top) return;
    this.top = top;
    this.observer.disconnect();
    this.observer.observe(top, { subtree: true, childList: true, characterData: true });
  }

  /** Something has changed: no more is done now than to note it, so that the key's letter appears at once. */
  touched() {
    this.changedAt = performance.now();
    if (this.mirror && !this.frame) this.frame = requestAnimationFrame(() => this.#mirrored());
    this.glancing ??= setTimeout(() => whenIdle(() => this.#glance()), GLANCE_MS);
    this.settling ??= setTimeout(() => this.#settle(), SETTLE_MS);
    this.pausing ??= setTimeout(() => this.#pause(), PAUSE_MS);
  }

  #mirrored() {
    this.frame = 0;
    this.mirror?.follow();
    this.mirror?.scroll();
  }

  /** Takes off marks whose words have changed. */
  #glance() {
    this.glancing = undefined;
    for (const mark of this.marks) if (mark.isShown && !mark.holds) mark.hide();
  }

  #settle() {
    const left = this.changedAt + SETTLE_MS - performance.now();
    this.settling = left > 0 ? setTimeout(() => this.#settle(), left) : undefined;
    if (left <= 0) whenIdle(() => this.#reanchor());
  }

  /** Looks for lost words elsewhere: editors and pages put new nodes in the place of old ones. */
  #reanchor() {
    if (!this.#isThere()) return;
    this.watch();
    if (this.marks.length < this.findings.length || this.marks.some((mark) => !mark.isShown || !mark.holds)) this.#draw();
  }

  #draw(draft = this.#read()) {
    for (const mark of this.marks) mark.hide();
    const wanted = this.around.isQuiet() ? this.findings.filter(({ kind }) => LOUD.has(kind)) : this.findings;
    this.marks = anchor(wanted, this.checked, draft, this.names);
    for (const mark of this.marks) mark.show();
    this.around.changed(this);
  }

  #pause() {
    const left = this.changedAt + PAUSE_MS - performance.now();
    this.pausing = left > 0 ? setTimeout(() => this.#pause(), left) : undefined;
    if (left <= 0) whenIdle(() => this.check());
  }

  #read() {
    this.mirror?.follow();
    return new Draft(this.surfaces);
  }

  #isThere() {
    const isThere = this.home instanceof Document || (isArea(this.home) ? this.home : this.home.host).isConnected;
    if (!isThere) this.stop();
    return isThere;
  }

  /** Sends the draft, unless the service has it already, or still works on an older one. */
  check() {
    if (this.isBusy || !this.#isThere()) return;
    const { text } = this.#read();
    const sent = `${this.around.date()} ${text}`;
    if (sent === this.sent) return;
    if (text.length < LEAST_LETTERS) return this.#forget();
    try {
      this.port = chrome.runtime.connect();
    } catch {
      return this.stop(); // the extension was updated or taken away
    }
    this.isBusy = true;
    this.sent = sent;
    this.port.onMessage.addListener((tidings) => this.#take(tidings, text));
    this.port.onDisconnect.addListener(() => this.#ended());
    this.port.postMessage({ text, publishedAt: this.around.date(), field: placeOf(this.home) });
    this.around.changed(this);
  }

  #forget() {
    this.findings = [];
    this.sent = "";
    this.#draw();
  }

  /**
   * @param {Tidings} tidings
   * @param {string} text the draft that they are about
   */
  #take({ report, over, trouble, address }, text) {
    this.address = address;
    this.trouble = trouble ?? "";
    if (report && (over || report.claims.length > 0)) {
      const found = findingsOf(report, text);
      if (over || this.findings.length === 0 || this.isPartly) {
        this.isPartly = !over;
        this.findings = found;
        this.checked = text;
      }
      this.#draw();
    }
    if (trouble) this.sent = "";
    if (over) this.#ended();
  }

  #ended() {
    this.port?.disconnect();
    this.port = undefined;
    if (!this.isBusy) return;
    this.isBusy = false;
    this.around.changed(this);
    if (!this.trouble) this.pausing ??= setTimeout(() => this.#pause(), PAUSE_MS); // what was written meanwhile
  }

  /** Puts the caret back where it was. */
  focus() {
    if (isArea(this.home)) return this.home.focus();
    const caret = this.home instanceof Document ? getSelection() : (/** @type {any} */ (this.home).getSelection?.() ?? getSelection());
    const editor = (caret?.anchorNode && hostOf(caret.anchorNode)) || this.surfaces[0];
    /** @type {HTMLElement | undefined} */ (editor)?.focus();
  }

  /** Takes off everything. */
  stop() {
    this.observer.disconnect();
    this.port?.disconnect();
    for (const mark of this.marks) mark.hide();
    this.marks = [];
    this.mirror?.remove();
    this.around.gone(this);
  }

  /**
   * Writes words in the place of others as the person would: selected and typed over, so that the editor takes it up and can undo it.
   * @param {import("./marks.js").Mark} mark
   * @param {{at: number, length: number, write: string}} offer
   */
  write(mark, offer) {
    const draft = this.#read();
    const found = anchor([{ ...mark.finding, odd: [{ at: offer.at, text: mark.finding.text.slice(offer.at, offer.at + offer.length) }] }], this.checked, draft, "");
    const range = found[0]?.odd[0];
    if (!range) return;
    if (isArea(this.home)) {
      const [from, to] = this.#offsets(range);
      this.home.focus();
      this.home.setSelectionRange(from, to);
    } else {
      const editor = hostOf(range.startContainer);
      editor?.focus();
      const selection = getSelection();
      selection?.setBaseAndExtent(range.startContainer, range.startOffset, range.endContainer, range.endOffset);
    }
    // Editors take up a selection by an event that comes later than this line.
    setTimeout(() => document.execCommand("insertText", false, offer.write), 30);
  }

  /** @param {Range} range in the mirror @returns {[number, number]} offsets in the text area */
  #offsets(range) {
    const lines = [...(this.mirror?.page.children ?? [])];
    const offset = (/** @type {Node} */ node, /** @type {number} */ at) => {
      const line = lines.findIndex((one) => one.contains(node));
      return lines.slice(0, line).reduce((sum, one) => sum + (one.textContent ?? "").length + 1, 0) + at;
    };
    return [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
  }
}

/** @param {unknown} node @returns {node is Area} */
export const isArea = (node) => node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement;

/** @param {() => void} work */
const whenIdle = (work) => void requestIdleCallback(work, { timeout: 400 });

/** All editors of a document or shadow root, in their order. @param {Document | ShadowRoot} home */
function editorsIn(home) {
  if (home instanceof Document && home.designMode === "on") return [home.body];
  const marked = /** @type {HTMLElement[]} */ ([...home.querySelectorAll("[contenteditable]")]);
  return marked.filter((element) => isEditor(element) && element.checkVisibility());
}

/** @param {HTMLElement} element */
const isEditor = (element) => element.isContentEditable && !element.parentElement?.isContentEditable && element.getAttribute("role") !== "searchbox";

/** The editor that a node is in. @param {Node} node */
export function hostOf(node) {
  let element = node instanceof HTMLElement ? node : node.parentElement;
  while (element?.parentElement?.isContentEditable) element = element.parentElement;
  return element?.isContentEditable ? element : null;
}

/** A name for the draft among those of its page. @param {Area | Document | ShadowRoot} home */
function placeOf(home) {
  if (!isArea(home)) return "editor";
  const all = [.../** @type {Document | ShadowRoot} */ (home.getRootNode()).querySelectorAll("textarea, input")];
  return home.name || home.id || String(all.indexOf(home));
}

/** Whether an element lies on a dark ground. @param {Element | null} element */
function isOnDark(element) {
  for (let at = element; at; at = at.parentElement ?? /** @type {ShadowRoot} */ (at.getRootNode()).host ?? null) {
    const ground = /rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)/.exec(getComputedStyle(at).backgroundColor);
    if (ground && Number(ground[4] ?? 1) > 0.5) return (Number(ground[1]) * 299 + Number(ground[2]) * 587 + Number(ground[3]) * 114) / 1000 < 128;
  }
  return matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.documentElement).colorScheme.includes("dark");
}
