/** HTML and XML → text, by the browser's own parser, which runs and loads nothing of what it reads. */

import { Unreadable } from "./unreadable.js";

/** @typedef {{text: string, title: string | null, published_at: string | null}} Found */

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("factcheck-reader", { createHTML: (/** @type {string} */ markup) => markup });

const SKIPPED =
  "script, style, noscript, template, nav, header, footer, aside, form, iframe, svg, figure, button, del, s, strike, [hidden]";
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, li, blockquote, pre, td, th, dt, dd, div, section, article";

/**
 * @param {string} markup
 * @param {DOMParserSupportedType} type
 */
function parsed(markup, type) {
  return new DOMParser().parseFromString(policy ? policy.createHTML(markup) : markup, type);
}

/**
 * The article of a web page.
 * @param {string} markup
 * @returns {Found}
 */
export function readHtml(markup) {
  const page = parsed(markup, "text/html");
  const title = page.querySelector("h1")?.textContent || page.title || meta(page, "og:title");
  const published = publishedOf(page);
  const body = page.querySelector("article") ?? page.querySelector("main") ?? page.body;
  body.querySelectorAll(SKIPPED).forEach((node) => node.remove());
  body.querySelector("h1")?.remove();
  body.querySelectorAll("br").forEach((node) => node.replaceWith("\n"));
  return { text: blocksOf(body).join("\n\n"), title: tidy(title ?? "") || null, published_at: isoDay(published) };
}

/**
 * The date of publication that the page declares; a `<time>` in a sentence or a side column is none.
 * @param {Document} page
 */
function publishedOf(page) {
  const marked = page.querySelector("[itemprop~=datePublished], time[pubdate], time.published, time.entry-date");
  return (
    linkedDate(page) ||
    meta(page, "article:published_time") ||
    marked?.getAttribute("datetime") ||
    marked?.getAttribute("content")
  );
}

/**
 * `datePublished` of the page's JSON-LD.
 * @param {Document} page
 */
function linkedDate(page) {
  for (const script of page.querySelectorAll('script[type="application/ld+json"]')) {
    const found = /"datePublished"\s*:\s*"([^"]+)"/.exec(script.textContent ?? "");
    if (found) return found[1];
  }
  return "";
}

/**
 * Texts of the innermost blocks, and of what stands between them.
 * @param {Element} node
 * @returns {string[]}
 */
function blocksOf(node) {
  /** @type {string[]} */
  const blocks = [];
  let loose = "";
  const close = () => {
    if (loose.trim()) blocks.push(loose.split("\n").map(tidy).join("\n").trim());
    loose = "";
  };
  for (const child of node.childNodes) {
    if (!(child instanceof Element) && child.nodeType !== Node.TEXT_NODE) continue;
    if (child instanceof Element && (child.matches(BLOCKS) || child.querySelector(BLOCKS))) {
      close();
      blocks.push(...blocksOf(child));
    } else loose += child.textContent;
  }
  close();
  return blocks;
}

/** Parts of a Word document that Word does not show: deleted text, the old place of moved text, the second form of a box. */
const UNSHOWN = new Set(["del", "moveFrom", "Fallback", "instrText", "delText"]);

/**
 * Paragraphs of a Word document. Deleted and moved-away text and comments are left out, inserted text is in; a text box
 * follows the paragraph that it hangs on.
 * @param {string} markup of `word/document.xml`
 * @returns {Found}
 */
export function readWord(markup) {
  const page = parsed(markup, "application/xml");
  if (page.querySelector("parsererror")) throw new Unreadable("The document in it is damaged.");
  const w = (/** @type {ParentNode & {getElementsByTagNameNS: any}} */ node, /** @type {string} */ name) => [...node.getElementsByTagNameNS("*", name)];
  /** @type {string[]} */
  const paragraphs = [];
  let title = "";
  for (const node of w(page, "p").filter((paragraph) => !isUnshown(paragraph))) {
    const words = runsOf(node).flatMap((run) => [...run.children]).map(wordsOfRun).join("");
    const style = w(node, "pStyle")[0]?.getAttributeNS(node.namespaceURI, "val") ?? "";
    if (!title && paragraphs.length === 0 && /^(title|heading1|titel|titre)$/i.test(style)) title = tidy(words);
    else if (words.trim()) paragraphs.push(words.trim());
  }
  return { text: paragraphs.join("\n\n"), title: title || null, published_at: null };
}

/**
 * Runs of a paragraph in order, without those of text boxes in it.
 * @param {Element} node
 * @returns {Element[]}
 */
function runsOf(node) {
  return [...node.children].flatMap((child) => {
    if (UNSHOWN.has(child.localName) || child.localName === "txbxContent") return [];
    return child.localName === "r" ? [child] : runsOf(child);
  });
}

/** @param {Element | null} node */
function isUnshown(node) {
  for (let at = node; at; at = at.parentElement) if (UNSHOWN.has(at.localName)) return true;
  return false;
}

/** @param {Element} part of a run */
function wordsOfRun(part) {
  if (part.localName === "t") return part.textContent ?? "";
  if (part.localName === "tab") return "\t";
  return part.localName === "br" || part.localName === "cr" ? "\n" : part.localName === "noBreakHyphen" ? "\u2011" : "";
}

/** @param {Document} page @param {string} name */
const meta = (page, name) => page.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute("content") ?? "";

/** @param {string} words */
const tidy = (words) => words.replace(/\s+/g, " ").trim();

/** @param {string | null | undefined} text */
const isoDay = (text) => /^\d{4}-\d\d-\d\d/.exec(text ?? "")?.[0] ?? null;
