/* Made by `npm run build` in clients/browser-extension; the sources are in src/. Holds openapi-fetch (MIT, Drew Powers). */
"use strict";
(() => {
  // ../../service/web/static/css/tokens.css
  var tokens_default = '/* Colours, type and space. Every label has an ink (≥ 4.5:1 on paper and on its wash), a wash and a stripe. */\n\n:root {\n  color-scheme: light dark;\n\n  --paper: light-dark(#faf9f6, #15171a);\n  --leaf: light-dark(#fffefc, #1c1f23);\n  --ink: light-dark(#1f1d1a, #e7e4de);\n  --soft: light-dark(#635f57, #a5a198);\n  --line: light-dark(#e5e1d8, #2f3339);\n  --line-strong: light-dark(#8b8578, #7c8087);\n  --accent: light-dark(#2b4a6f, #9dc1ea);\n  --on-accent: light-dark(#fff, #10161d);\n  --ring: light-dark(#2b6cb0, #8ab8f0);\n  --shadow: light-dark(rgb(60 50 30 / 8%), rgb(0 0 0 / 40%));\n\n  --ink-contradicted: light-dark(#a8231b, #ff9d92);\n  --wash-contradicted: light-dark(#fdecea, #3b2122);\n  --strong-contradicted: light-dark(#f8cfca, #5e2a2a);\n  --stripe-contradicted: light-dark(#d2544b, #e57368);\n\n  --ink-disputed: light-dark(#6d35a3, #d3adf7);\n  --wash-disputed: light-dark(#f5edfc, #2f2440);\n  --strong-disputed: light-dark(#e3cff5, #4a3568);\n  --stripe-disputed: light-dark(#9a66cc, #ae83d9);\n\n  --ink-unverified: light-dark(#4c5f78, #aec0d6);\n  --wash-unverified: light-dark(#eff3f7, #232b35);\n  --strong-unverified: light-dark(#d8e2ec, #34404f);\n  --stripe-unverified: light-dark(#b9c6d5, #52647a);\n\n  --ink-supported: light-dark(#1c6b43, #86d3a8);\n  --wash-supported: light-dark(#e8f4ed, #1b2f26);\n  --strong-supported: light-dark(#cbe7d7, #27473a);\n  --stripe-supported: light-dark(#6fb590, #4f9a76);\n\n  --ink-not_checkable: light-dark(#6b665d, #a5a198);\n  --wash-not_checkable: light-dark(#f1efea, #25282c);\n  --strong-not_checkable: light-dark(#e4e0d8, #33373d);\n  --stripe-not_checkable: light-dark(#e3dfd6, #34383e);\n\n  --ink-inside: light-dark(#8a4b00, #f0bf7d);\n  --wash-inside: light-dark(#fdf2df, #3a2d19);\n  --strong-inside: light-dark(#f8ddb0, #574120);\n  --stripe-inside: light-dark(#d99a3d, #c9924a);\n\n  --serif: "Iowan Old Style", Charter, "Bitstream Charter", "Charis SIL", "Source Serif 4", Cambria, "Noto Serif", Georgia, serif;\n  --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif;\n  --radius: 8px;\n  --top: 3.25rem;\n}\n\n.is-contradicted { --l-ink: var(--ink-contradicted); --l-wash: var(--wash-contradicted); --l-strong: var(--strong-contradicted); }\n.is-disputed { --l-ink: var(--ink-disputed); --l-wash: var(--wash-disputed); --l-strong: var(--strong-disputed); }\n.is-unverified { --l-ink: var(--ink-unverified); --l-wash: var(--wash-unverified); --l-strong: var(--strong-unverified); }\n.is-supported { --l-ink: var(--ink-supported); --l-wash: var(--wash-supported); --l-strong: var(--strong-supported); }\n.is-not_checkable { --l-ink: var(--ink-not_checkable); --l-wash: var(--wash-not_checkable); --l-strong: var(--strong-not_checkable); }\n.is-inside { --l-ink: var(--ink-inside); --l-wash: var(--wash-inside); --l-strong: var(--strong-inside); }\n';

  // ../../service/web/static/js/dom.js
  function h(tag, props, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(props ?? {})) {
      if (value === null || value === void 0 || value === false) continue;
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else node.setAttribute(name, value === true ? "" : String(value));
    }
    fill(node, ...children);
    return node;
  }
  function fill(node, ...children) {
    node.replaceChildren(.../** @type {(Node | string)[]} */
    children.filter((child) => child !== null && child !== void 0 && child !== false));
  }
  var ROOT = document.documentElement.dataset.root ?? "";

  // ../../service/web/static/js/words.js
  var LABELS = {
    contradicted: { shape: "✕", word: "contradicted" },
    disputed: { shape: "◆", word: "disputed" },
    unverified: { shape: "○", word: "unverified" },
    supported: { shape: "✓", word: "supported" },
    not_checkable: { shape: "–", word: "not checkable" },
    inside: { shape: "⇄", word: "inside the draft" }
  };
  var ORDER = (
    /** @type {(keyof typeof LABELS)[]} */
    Object.keys(LABELS)
  );
  var DAY = new Intl.DateTimeFormat("en", { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });
  var NUMBER = new Intl.NumberFormat("en");
  function day(iso) {
    const found = /^(\d{4})-(\d\d)-(\d\d)/.exec(iso ?? "");
    if (!found) return iso ?? "";
    return DAY.format(new Date(Date.UTC(Number(found[1]), Number(found[2]) - 1, Number(found[3]))));
  }

  // src/board.css
  var board_default = ':host { all: initial; position: fixed; inset: 0 auto auto 0; width: 0; height: 0; z-index: 2147483647; color-scheme: light dark; }\n*, ::before { box-sizing: border-box; }\n[hidden] { display: none !important; }\np, ol, figure, blockquote { margin: 0; padding: 0; list-style: none; }\n:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; border-radius: 4px; }\n\n.mirror { position: fixed; overflow: hidden; pointer-events: none; contain: strict; color: transparent; }\n.mirror-page { width: 100%; min-height: 100%; white-space: pre-wrap; -webkit-text-fill-color: transparent; }\n.mirror-page > span { display: block; }\n\n.card, .list { position: fixed; display: grid; gap: 0.6rem; width: min(24rem, calc(100vw - 1rem)); max-height: min(26rem, 70vh); overflow-y: auto; padding: 0.7rem 0.9rem; border: 1px solid var(--line); border-radius: var(--radius); background: var(--leaf); color: var(--ink); font: 14px/1.5 var(--sans); box-shadow: 0 8px 28px var(--shadow), 0 0 1px var(--line-strong); }\n.card { border-inline-start: 3px solid var(--l-ink); }\n.card.is-unverified { border-inline-start: 3px dotted var(--line-strong); }\n.card.is-disputed { border-inline-start: 5px double var(--l-ink); }\n.card.is-inside { border-inline-start-style: dashed; }\n.card header { display: flex; gap: 0.5rem; align-items: baseline; }\n.label { color: var(--l-ink); font-weight: 650; }\n.kind { padding: 0 0.5em; border-radius: 99px; background: var(--l-wash); color: var(--l-ink); font-size: 12px; }\n.close { margin-inline-start: auto; padding: 0 0.3rem; border: 0; background: none; color: var(--soft); font: inherit; cursor: pointer; }\n.message, .gist, blockquote { overflow-wrap: anywhere; }\nfigcaption { display: flex; flex-wrap: wrap; gap: 0 0.5rem; color: var(--soft); font-size: 13px; }\n.source { color: var(--ink); font-weight: 600; text-decoration-color: var(--line-strong); text-underline-offset: 0.2em; }\n.headline { flex-basis: 100%; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }\nblockquote { padding-inline-start: 0.75rem; border-inline-start: 2px solid var(--line); font: 15px/1.5 var(--serif); }\n.tools { display: flex; flex-wrap: wrap; gap: 0.5rem; }\n.button { min-height: 2rem; padding: 0.2rem 0.8rem; border: 1px solid var(--line-strong); border-radius: var(--radius); background: var(--leaf); color: var(--ink); font: 500 14px/1.4 var(--sans); cursor: pointer; justify-self: start; }\n.button.apply { border-color: var(--ink-supported); color: var(--ink-supported); font-weight: 600; }\n.button:hover { border-color: var(--ink); }\n.button q { font-family: var(--serif); font-size: 1.05em; }\n\n.list { inset: auto 1rem 3.5rem auto; }\n.list ol { display: grid; gap: 0.35rem; }\n.item { display: grid; width: 100%; padding: 0.4rem 0.6rem; border: 1px solid var(--line); border-inline-start: 3px solid var(--l-ink); border-radius: var(--radius); background: none; color: inherit; font: inherit; text-align: start; cursor: pointer; }\n.item:hover { background: var(--l-wash); }\n.soft { color: var(--soft); font-size: 13px; }\n.trouble { color: var(--ink-inside); font-weight: 600; }\n.list input { font: inherit; color: var(--ink); background: var(--leaf); border: 1px solid var(--line-strong); border-radius: 4px; }\nkbd { padding: 0 0.35em; border: 1px solid currentcolor; border-radius: 4px; font: 0.85em var(--sans); }\n\n.corner { position: fixed; inset: auto 1rem 1rem auto; display: flex; gap: 0.6rem; align-items: center; min-height: 2rem; padding: 0.2rem 0.9rem; border: 1px solid var(--line-strong); border-radius: 99px; background: var(--leaf); color: var(--ink); font: 600 13px/1.4 var(--sans); box-shadow: 0 2px 10px var(--shadow); cursor: pointer; }\n.corner [class^="is-"] { color: var(--l-ink); }\n.corner .soft { font-weight: 400; }\n.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }\n';

  // src/draft.js
  var BLOCKS = new Set("ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION TABLE TBODY TD TFOOT TH THEAD TR UL".split(" "));
  var SILENT = new Set("SCRIPT STYLE TEMPLATE NOSCRIPT SELECT BUTTON TEXTAREA INPUT SVG IFRAME".split(" "));
  var COLLAPSED = /[ \t\n\r\f]{2,}|[\t\n\r\f]|[\u200b\u2060\ufeff]+/g;
  var INVISIBLE = /[\u200b\u2060\ufeff]/;
  var Draft = class {
    /** @param {Iterable<Element>} surfaces elements that hold the text, in their order */
    constructor(surfaces) {
      this.text = "";
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
        if (child.nodeType === Node.TEXT_NODE) this.#take(
          /** @type {Text} */
          child,
          isPre
        );
        else if (child.nodeType === Node.ELEMENT_NODE) this.#enter(
          /** @type {Element} */
          child,
          isPre
        );
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
      this.text += node.data.slice(from, to).replaceAll(" ", " ");
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
        const middle = low + high >> 1;
        const piece = this.pieces[middle];
        if (at < piece.start) high = middle - 1;
        else if (at >= piece.start + piece.length) low = middle + 1;
        else return piece;
      }
      return null;
    }
  };
  var keepsSpace = (surface) => /^(pre|break)/.test(getComputedStyle(surface).whiteSpace);
  function whereNow(words, at, before, now) {
    if (words === "") return -1;
    const moved2 = at + now.length - before.length;
    const guess = commonStart(before, now) >= at + words.length ? at : moved2;
    if (now.startsWith(words, guess)) return guess;
    let best = -1;
    for (let found = now.indexOf(words); found >= 0; found = now.indexOf(words, found + 1)) {
      if (best < 0 || Math.abs(found - guess) < Math.abs(best - guess)) best = found;
    }
    return best;
  }
  function commonStart(a, b) {
    const most = Math.min(a.length, b.length);
    let n = 0;
    while (n < most && a.charCodeAt(n) === b.charCodeAt(n)) n++;
    return n;
  }

  // src/marks.js
  var LOUD = /* @__PURE__ */ new Set(["contradicted", "disputed", "inside"]);
  function findingsOf(report, text) {
    const claims = report.claims.filter((claim) => claim.label !== "not_checkable" && claim.decision?.decision !== "dismissed");
    return [...claims.map(ofClaim), ...report.internal_conflicts.map((conflict, n) => ofInside(conflict, n, text))].sort((a, b) => a.start - b.start);
  }
  function ofClaim(claim) {
    const { start } = claim.span.utf16;
    const within = claim.conflicts.filter(({ claim: side }) => side.span.utf16.start >= start && side.span.utf16.end <= claim.span.utf16.end);
    return {
      id: claim.id,
      kind: (
        /** @type {Kind} */
        claim.label
      ),
      text: claim.text,
      start,
      odd: within.map(({ claim: side }) => ({ at: side.span.utf16.start - start, text: side.text })),
      message: claim.message,
      kinds: [...new Set(claim.conflicts.map(({ kind }) => kind))],
      evidence: claim.evidence,
      offers: offersOf(claim.suggestions, start, claim.text.length)
    };
  }
  function ofInside({ kind, a, b, message, suggestions }, n, text) {
    const sides = b && Math.abs(b.span.utf16.start - a.span.utf16.start) < 1e3 ? [a, b] : [a];
    const start = Math.min(...sides.map((side) => side.span.utf16.start));
    const end = Math.max(...sides.map((side) => side.span.utf16.end));
    return {
      id: `inside-${n}`,
      kind: "inside",
      text: text.slice(start, end),
      start,
      odd: sides.map((side) => ({ at: side.span.utf16.start - start, text: side.text })),
      message,
      kinds: [kind],
      evidence: [],
      offers: offersOf(suggestions, start, end - start)
    };
  }
  function offersOf(suggestions, start, length) {
    return suggestions.map(({ span, replacement }) => ({ at: span.utf16.start - start, length: span.utf16.end - span.utf16.start, write: replacement })).filter(({ at, length: taken }) => at >= 0 && at + taken <= length);
  }
  var Mark = class {
    /**
     * @param {Finding} finding
     * @param {Range} range of the finding's text
     * @param {Range[]} odd
     * @param {string} names which inks: "" or "-dark"
     */
    constructor(finding, range, odd, names) {
      this.finding = finding;
      this.range = range;
      this.odd = odd;
      this.raw = range.toString();
      this.names = [`factcheck-${finding.kind}${names}`, `factcheck-${finding.kind}-words${names}`];
      this.isShown = false;
    }
    /** False as soon as somebody, or the page, has changed these words, or put other nodes in their place. */
    get holds() {
      return this.range.startContainer.isConnected && this.range.toString() === this.raw;
    }
    show() {
      this.isShown = true;
      highlight(this.names[0]).add(this.range);
      for (const range of this.odd) highlight(this.names[1]).add(range);
    }
    hide() {
      this.isShown = false;
      highlight(this.names[0]).delete(this.range);
      for (const range of this.odd) highlight(this.names[1]).delete(range);
    }
    /**
     * @param {number} x of the viewport
     * @param {number} y
     */
    isAt(x, y) {
      if (!this.isShown) return false;
      const inside = (box) => x >= box.left && x <= box.right && y >= box.top - 2 && y <= box.bottom + 2;
      return inside(this.range.getBoundingClientRect()) && [...this.range.getClientRects()].some(inside);
    }
  };
  function anchor(findings, before, draft, names) {
    const marks = [];
    for (const finding of findings) {
      const at = whereNow(finding.text, finding.start, before, draft.text);
      const range = at < 0 ? null : draft.range(at, at + finding.text.length);
      if (!range) continue;
      const odd = finding.odd.map((words) => draft.range(at + words.at, at + words.at + words.text.length));
      marks.push(new Mark(
        finding,
        range,
        /** @type {Range[]} */
        odd.filter(Boolean),
        names
      ));
    }
    return marks;
  }
  function highlight(name) {
    const known = CSS.highlights.get(name);
    if (known) return known;
    const made = new Highlight();
    made.priority = name.includes("-words") ? 2 : 1;
    CSS.highlights.set(name, made);
    return made;
  }

  // src/board.js
  var MOST_PASSAGES = 3;
  var Board = class {
    /** @param {Actions} actions */
    constructor(actions) {
      this.actions = actions;
      this.host = document.createElement("factcheck-board");
      this.root = this.host.attachShadow({ mode: "closed" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(tokens_default.replace(":root", ":host") + board_default);
      this.root.adoptedStyleSheets = [sheet];
      this.layer = h("div", { class: "layer" });
      this.card = h("section", { class: "card", role: "dialog", "aria-label": "factcheck", tabindex: "-1", hidden: true });
      this.list = h("section", { class: "list", role: "dialog", "aria-label": "factcheck: this draft", tabindex: "-1", hidden: true });
      this.corner = h("button", { type: "button", class: "corner", hidden: true, "aria-live": "polite", onclick: () => this.#turnList() });
      this.root.append(this.layer, this.card, this.list, this.corner);
      this.shown = null;
      this.field = null;
      for (const kind of ["keydown", "keyup", "keypress"]) this.host.addEventListener(kind, (event) => (
        /** @type {KeyboardEvent} */
        event.key === "Escape" || event.stopPropagation()
      ));
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
      this.corner.hidden = !field || !field.isBusy && !field.trouble && field.findings.length === 0;
      if (!field) this.list.hidden = true;
      if (!field || this.corner.hidden) return;
      const loud = loudOf(field);
      const counts = ["contradicted", "disputed", "inside"].map((kind) => {
        const n = loud.filter((mark) => mark.finding.kind === kind).length;
        return n > 0 && h("span", { class: `is-${kind}` }, `${LABELS[
          /** @type {keyof typeof LABELS} */
          kind
        ].shape} ${n}`, h("span", { class: "unseen" }, ` ${LABELS[
          /** @type {keyof typeof LABELS} */
          kind
        ].word}`));
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
      const of = (kind) => field.marks.filter((mark) => mark.finding.kind === kind).length;
      const items = loudOf(field).map((mark) => h("li", null, h(
        "button",
        { type: "button", class: `item is-${mark.finding.kind}`, onclick: () => this.#goTo(field, mark) },
        label(mark.finding),
        h("span", { class: "gist", dir: "auto" }, mark.finding.message || mark.finding.text)
      )));
      fill(
        this.list,
        field.trouble && h("p", { class: "trouble", role: "alert" }, field.trouble),
        field.trouble && h("button", { type: "button", class: "button", onclick: () => void chrome.runtime.sendMessage({ ask: "options" }) }, "Options"),
        h("ol", null, ...items),
        items.length === 0 && !field.trouble && h("p", { class: "soft" }, "Nothing in this draft is contradicted or disputed."),
        h("p", { class: "soft" }, `${of("supported")} supported, ${of("unverified")} unverified. What bears no mark is not approved.`),
        h("label", { class: "soft" }, "Date of the draft ", h("input", { type: "date", value: this.actions.date(), onchange: (event) => event.target.value && this.actions.redate(event.target.value) })),
        h("p", { class: "soft" }, h("kbd", null, "F8"), " next, ", h("kbd", null, "Shift F8"), " previous, ", h("kbd", null, "Esc"), " close")
      );
    }
    /**
     * @param {Field} field
     * @param {Mark} mark
     */
    #goTo(field, mark) {
      this.list.hidden = true;
      const at = mark.range.startContainer.parentElement;
      if (field.mirror) field.home.scrollIntoView({ block: "nearest" });
      else at?.scrollIntoView({ block: "center" });
      if (field.mirror) this.#scrollArea(field, mark);
      this.show(field, mark, { isPinned: true, takesFocus: true });
    }
    /**
     * @param {Field} field
     * @param {Mark} mark
     */
    #scrollArea(field, mark) {
      const area = (
        /** @type {HTMLElement} */
        field.home
      );
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
        h(
          "header",
          null,
          label(finding),
          ...finding.kinds.map((kind) => h("span", { class: "kind" }, kind)),
          h("button", { type: "button", class: "close", "aria-label": "close", onclick: () => this.close() }, "✕")
        ),
        finding.message && h("p", { class: "message", dir: "auto" }, finding.message),
        ...shown.map((evidence) => passage(evidence, field.address)),
        offers.length > 0 && h("div", { class: "tools" }, ...offers)
      ];
    }
    /** Puts the card below its words, or above them where there is no room. */
    follow() {
      if (!this.shown) return;
      const words = this.shown.mark.odd[0] ?? this.shown.mark.range;
      const box = [...words.getClientRects()].find(({ width: width2 }) => width2 > 0) ?? words.getBoundingClientRect();
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
      if (!this.shown || this.shown.isPinned && !isClick) return;
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
  };
  var loudOf = (field) => field.marks.filter((mark) => mark.isShown && LOUD.has(mark.finding.kind));
  function label({ kind }) {
    const { shape, word } = LABELS[kind];
    return h("span", { class: "label" }, h("span", { "aria-hidden": "true" }, shape), ` ${word}`);
  }
  function passage({ document: ref, span, text, stance }, address) {
    const query = new URLSearchParams({ report: ref.id, field: span.field, start: String(span.utf16.start), end: String(span.utf16.end) });
    return h(
      "figure",
      { class: `passage ${stance}` },
      h(
        "figcaption",
        null,
        h("a", { href: `${address}/corpus?${query}`, target: "_blank", rel: "noreferrer", class: "source", dir: "auto" }, ref.source || ref.title || ref.id),
        " ",
        h("time", { datetime: ref.published_at }, day(ref.published_at) || "no date"),
        ref.title && ref.source && h("span", { class: "headline", dir: "auto" }, ref.title)
      ),
      h("blockquote", { dir: "auto" }, text)
    );
  }

  // src/mirror.js
  var COPIED = [
    "direction",
    "fontFamily",
    "fontFeatureSettings",
    "fontKerning",
    "fontSize",
    "fontStretch",
    "fontStyle",
    "fontVariant",
    "fontWeight",
    "letterSpacing",
    "lineHeight",
    "overflowWrap",
    "paddingBottom",
    "paddingLeft",
    "paddingRight",
    "paddingTop",
    "tabSize",
    "textAlign",
    "textIndent",
    "textTransform",
    "wordBreak",
    "wordSpacing"
  ];
  var Mirror = class {
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
      const text = (
        /** @type {Text} */
        this.page.children[line].firstChild
      );
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
        const row = document.createElement("span");
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
        left: `${box.left + left}px`,
        top: `${box.top + top}px`,
        width: `${this.field.clientWidth}px`,
        height: `${this.field.clientHeight}px`
      });
      for (const name of COPIED) this.page.style[name] = /** @type {any} */
      style[name];
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
  };

  // src/field.js
  var PAUSE_MS = 1200;
  var SETTLE_MS = 300;
  var GLANCE_MS = 120;
  var LEAST_LETTERS = 20;
  var Field = class {
    /**
     * @param {Area | Document | ShadowRoot} home a text area, or where the editors are
     * @param {Surroundings} around
     */
    constructor(home, around2) {
      this.home = home;
      this.around = around2;
      this.marks = [];
      this.findings = [];
      this.checked = "";
      this.sent = "";
      this.isBusy = false;
      this.trouble = "";
      this.address = "";
      this.changedAt = performance.now();
      this.top = null;
      this.frame = 0;
      this.glancing = void 0;
      this.isPartly = false;
      this.mirror = isArea(home) ? new Mirror(home, around2.layer) : null;
      this.names = isOnDark(this.surfaces[0]) ? "-dark" : "";
      this.observer = new MutationObserver(() => this.touched());
      this.watch();
      this.touched();
    }
    /** Elements that hold the text. @returns {Element[]} */
    get surfaces() {
      return this.mirror ? [this.mirror.page] : editorsIn(
        /** @type {Document | ShadowRoot} */
        this.home
      );
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
      this.glancing = void 0;
      for (const mark of this.marks) if (mark.isShown && !mark.holds) mark.hide();
    }
    #settle() {
      const left = this.changedAt + SETTLE_MS - performance.now();
      this.settling = left > 0 ? setTimeout(() => this.#settle(), left) : void 0;
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
      this.pausing = left > 0 ? setTimeout(() => this.#pause(), left) : void 0;
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
        return this.stop();
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
      this.port = void 0;
      if (!this.isBusy) return;
      this.isBusy = false;
      this.around.changed(this);
      if (!this.trouble) this.pausing ??= setTimeout(() => this.#pause(), PAUSE_MS);
    }
    /** Puts the caret back where it was. */
    focus() {
      if (isArea(this.home)) return this.home.focus();
      const caret = this.home instanceof Document ? getSelection() : (
        /** @type {any} */
        this.home.getSelection?.() ?? getSelection()
      );
      const editor = caret?.anchorNode && hostOf(caret.anchorNode) || this.surfaces[0];
      editor?.focus();
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
      setTimeout(() => document.execCommand("insertText", false, offer.write), 30);
    }
    /** @param {Range} range in the mirror @returns {[number, number]} offsets in the text area */
    #offsets(range) {
      const lines = [...this.mirror?.page.children ?? []];
      const offset = (node, at) => {
        const line = lines.findIndex((one) => one.contains(node));
        return lines.slice(0, line).reduce((sum, one) => sum + (one.textContent ?? "").length + 1, 0) + at;
      };
      return [offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)];
    }
  };
  var isArea = (node) => node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement;
  var whenIdle = (work) => void requestIdleCallback(work, { timeout: 400 });
  function editorsIn(home) {
    if (home instanceof Document && home.designMode === "on") return [home.body];
    const marked = (
      /** @type {HTMLElement[]} */
      [...home.querySelectorAll("[contenteditable]")]
    );
    return marked.filter((element) => isEditor(element) && element.checkVisibility());
  }
  var isEditor = (element) => element.isContentEditable && !element.parentElement?.isContentEditable && element.getAttribute("role") !== "searchbox";
  function hostOf(node) {
    let element = node instanceof HTMLElement ? node : node.parentElement;
    while (element?.parentElement?.isContentEditable) element = element.parentElement;
    return element?.isContentEditable ? element : null;
  }
  function placeOf(home) {
    if (!isArea(home)) return "editor";
    const all = [.../** @type {Document | ShadowRoot} */
    home.getRootNode().querySelectorAll("textarea, input")];
    return home.name || home.id || String(all.indexOf(home));
  }
  function isOnDark(element) {
    for (let at = element; at; at = at.parentElement ?? /** @type {ShadowRoot} */
    at.getRootNode().host ?? null) {
      const ground = /rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)/.exec(getComputedStyle(at).backgroundColor);
      if (ground && Number(ground[4] ?? 1) > 0.5) return (Number(ground[1]) * 299 + Number(ground[2]) * 587 + Number(ground[3]) * 114) / 1e3 < 128;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches && getComputedStyle(document.documentElement).colorScheme.includes("dark");
  }

  // src/content.js
  var PROSE = /* @__PURE__ */ new Set(["text", ""]);
  var HOVER_MS = 180;
  var LOOK_MS = 500;
  var fields = /* @__PURE__ */ new Map();
  var isQuiet = false;
  var current = null;
  var date = today();
  var board = new Board({
    write: (field, mark, offer) => field.write(mark, offer),
    redate: (day2) => {
      date = day2;
      for (const field of fields.values()) field.check();
    },
    date: () => date
  });
  var around = {
    layer: board.layer,
    date: () => date,
    isQuiet: () => isQuiet,
    changed: (field) => {
      if (field === current) board.tell(field);
      board.forget();
      count();
    },
    gone: (field) => {
      fields.delete(field.home);
      if (field === current) {
        current = null;
        board.tell(null);
      }
    }
  };
  function today() {
    const now = /* @__PURE__ */ new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  }
  function count() {
    const loud = [...fields.values()].flatMap((field) => field.marks.filter((mark) => mark.isShown && LOUD.has(mark.finding.kind)));
    try {
      void chrome.runtime.sendMessage({ ask: "count", count: loud.length });
    } catch {
    }
  }
  function deepActive() {
    let element = document.activeElement;
    for (; ; ) {
      const root = element instanceof HTMLElement ? chrome.dom.openOrClosedShadowRoot(element) : null;
      if (!root?.activeElement) return element;
      element = root.activeElement;
    }
  }
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
  function homeOf(element) {
    if (element.closest("[data-factcheck=off]")) return null;
    if (isArea(element)) {
      const isProse = element instanceof HTMLTextAreaElement || PROSE.has(element.type);
      return isProse && !element.readOnly && !element.disabled && element.role !== "searchbox" ? element : null;
    }
    const isEditor2 = element instanceof HTMLElement && element.isContentEditable || document.designMode === "on";
    return isEditor2 ? (
      /** @type {Document | ShadowRoot} */
      element.getRootNode()
    ) : null;
  }
  function typed() {
    enter();
    current?.touched();
  }
  var resting = 0;
  function moved(event) {
    clearTimeout(resting);
    resting = setTimeout(() => point(event.clientX, event.clientY, false), HOVER_MS);
  }
  function point(x, y, isClick) {
    for (const field of fields.values()) {
      const hits = field.marks.filter((mark) => mark.isAt(x, y)).sort((a, b) => a.raw.length - b.raw.length);
      const hit = hits.find((mark) => LOUD.has(mark.finding.kind)) ?? hits[0];
      if (hit) return board.show(field, hit, { isPinned: isClick });
    }
    board.leave(x, y, isClick);
  }
  function pressed(event) {
    if (event.key === "Escape" && board.close()) return event.stopPropagation();
    if (event.key !== "F8" || event.ctrlKey || event.altKey || event.metaKey || !current) return;
    event.preventDefault();
    event.stopPropagation();
    board.step(current, event.shiftKey ? -1 : 1);
  }
  function look() {
    for (const field of fields.values()) {
      if (!field.mirror) continue;
      if (field.mirror.isOld) field.touched();
      field.mirror.place();
    }
  }
  var placing = 0;
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
  var running = (
    /** @type {any} */
    globalThis
  );
  if (!running.factcheckRuns && "highlights" in CSS) {
    running.factcheckRuns = true;
    void chrome.runtime.sendMessage({ ask: "settings" }).then((settings) => isQuiet = settings.quiet).finally(begin);
  }
})();
