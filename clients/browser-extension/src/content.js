/** In each frame of the sites that the settings name: finds the field in which somebody writes, and shows what is said of it. */

import { Board } from "./board.js";
import { Field, isArea } from "./field.js";
import { LOUD } from "./marks.js";

const PROSE = new Set(["text", ""]); // of an input's types
const HOVER_MS = 180;
const LOOK_MS = 500;

/** @type {Map<Node, Field>} by text area, document or shadow root */
const fields = new Map();
let isQuiet = false;
/** @type {Field | null} the field with the caret */
let current = null;
let date = today();

const board = new Board({
  write: (field, mark, offer) => field.write(mark, offer),
  redate: (day) => {
    date = day;
    for (const field of fields.values()) field.check();
  },
  date: () => date,
});

const around = {
  layer: board.layer,
  date: () => date,
  isQuiet: () => isQuiet,
  changed: (/** @type {Field} */ field) => {
    if (field === current) board.tell(field);
    board.forget();
    count();
  },
  gone: (/** @type {Field} */ field) => {
    fields.delete(field.home);
    if (field === current) {
      current = null;
      board.tell(null);
    }
  },
};

/** The day of the person, as a date field takes it. */
function today() {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}

function count() {
  const loud = [...fields.values()].flatMap((field) => field.marks.filter((mark) => mark.isShown && LOUD.has(mark.finding.kind)));
  try {
    void chrome.runtime.sendMessage({ ask: "count", count: loud.length });
  } catch {
    // The extension was updated: this script is on its way out.
  }
}

/** What has the focus, also inside of shadow roots, open or closed. */
function deepActive() {
  let element = document.activeElement;
  for (;;) {
    const root = element instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(element) : null;
    if (!root?.activeElement) return element;
    element = root.activeElement;
  }
}

/** The field of what has the focus, known from now on. */
function enter() {
  const element = deepActive();
  const home = element && homeOf(element);
  if (!home || board.owns(element)) return;
  const field = fields.get(home) ?? new Field(home, around);
  fields.set(home, field);
  field.watch();
  if (field === current) return;
  current = field;
  board.tell(field);
}

/** @param {Element} element @returns {import("./field.js").Area | Document | ShadowRoot | null} */
function homeOf(element) {
  if (element.closest("[data-factcheck=off]")) return null;
  if (isArea(element)) {
    const isProse = element instanceof HTMLTextAreaElement || PROSE.has(element.type);
    return isProse && !element.readOnly && !element.disabled && element.role !== "searchbox" ? element : null;
  }
  const isEditor = (element instanceof HTMLElement && element.isContentEditable) || document.designMode === "on";
  return isEditor ? /** @type {Document | ShadowRoot} */ (element.getRootNode()) : null;
}

function typed() {
  enter();
  current?.touched();
}

let resting = 0;
/** @param {MouseEvent} event */
function moved(event) {
  clearTimeout(resting);
  resting = setTimeout(() => point(event.clientX, event.clientY, false), HOVER_MS);
}

/**
 * @param {number} x
 * @param {number} y
 * @param {boolean} isClick
 */
function point(x, y, isClick) {
  for (const field of fields.values()) {
    const hits = field.marks.filter((mark) => mark.isAt(x, y)).sort((a, b) => a.raw.length - b.raw.length);
    const hit = hits.find((mark) => LOUD.has(mark.finding.kind)) ?? hits[0];
    if (hit) return board.show(field, hit, { isPinned: isClick });
  }
  board.leave(x, y, isClick);
}

/** F8 and Shift+F8 go from one finding to the next, as in programmers' editors. @param {KeyboardEvent} event */
function pressed(event) {
  if (event.key === "Escape" && board.close()) return event.stopPropagation();
  if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey || !current) return;
  event.preventDefault();
  event.stopPropagation();
  board.step(current, event.shiftKey ? -1 : 1);
}

/** Nothing tells of a text area whose page has written into it, or moved it. */
function look() {
  for (const field of fields.values()) {
    if (!field.mirror) continue;
    if (field.mirror.isOld) field.touched();
    field.mirror.place();
  }
}

let placing = 0;
function place() {
  placing ||= requestAnimationFrame(() => {
    placing = 0;
    for (const field of fields.values()) field.mirror?.place();
    board.follow();
  });
}

function begin() {
  const quick = { capture: true, passive: true };
  addEventListener("focusin", enter, quick);
  addEventListener("input", typed, quick);
  addEventListener("mousemove", moved, quick);
  addEventListener("click", (event) => board.owns(event.composedPath()[0]) || point(event.clientX, event.clientY, true), quick);
  addEventListener("keydown", pressed, { capture: true });
  addEventListener("scroll", place, quick);
  addEventListener("resize", place, quick);
  new ResizeObserver(place).observe(document.documentElement);
  setInterval(look, LOOK_MS);
  enter();
}

const running = /** @type {any} */ (globalThis);
if (!running.factcheckRuns && "highlights" in CSS) {
  running.factcheckRuns = true;
  void chrome.runtime.sendMessage({ ask: "settings" }).then((settings) => (isQuiet = settings.quiet)).finally(begin);
}
