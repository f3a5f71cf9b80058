/** The service worker: it alone knows the key and talks to the service; content scripts send it drafts and get verdicts. */

import { connect, failure, follow, ProblemError } from "../../typescript/client.js";
import { readSettings, writeSettings } from "./settings.js";

/** @typedef {import("../../typescript/schema.js").components["schemas"]} Schemas */
/** @typedef {{text: string, publishedAt: string, field: string}} Draft */
/** @typedef {{report?: Schemas["Report"] | null, over: boolean, trouble?: string, address: string}} Tidings */

const SCRIPT = "factcheck";

/** @type {Promise<unknown>} what is registered follows the settings, one change after the other */
let registered = Promise.resolve();

/** Keeps the key from content scripts, and the content script on the sites of the settings. */
function furnish() {
  void chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
  registered = registered.then(register).catch((error) => console.error(error));
  return registered;
}

async function register() {
  const { sites } = await readSettings();
  const allowed = [];
  for (const site of sites) if (await chrome.permissions.contains({ origins: [site] })) allowed.push(site);
  const known = await chrome.scripting.getRegisteredContentScripts({ ids: [SCRIPT] });
  if (known.length > 0) await chrome.scripting.unregisterContentScripts({ ids: [SCRIPT] });
  if (allowed.length === 0) return;
  await chrome.scripting.registerContentScripts([{
    id: SCRIPT, matches: allowed, js: ["built/content.js"], css: ["marks.css"],
    allFrames: true, matchOriginAsFallback: true, runAt: "document_idle",
  }]);
}

/**
 * Follows the check of a draft, and says what is known each time.
 * @param {chrome.runtime.Port} port
 * @param {Draft} draft
 */
async function run(port, draft) {
  const { address, key } = await readSettings();
  const tell = (/** @type {Omit<Tidings, "address">} */ tidings) => port.postMessage({ ...tidings, address });
  const client = connect(address, key || undefined);
  let open = true;
  let id = "";
  port.onDisconnect.addListener(() => {
    open = false;
    if (id) void client.DELETE("/v1/checks/{check_id}", { params: { path: { check_id: id } } });
  });
  try {
    const url = port.sender?.tab?.url;
    const article = { text: draft.text, published_at: draft.publishedAt, ...(url && { url }) };
    const request = { article, article_id: await articleId(`${url} ${draft.field}`) };
    let last;
    for await (const found of follow(client, request)) {
      if (!open) return;
      last = found;
      id = found.id;
      const over = !["queued", "running"].includes(found.status);
      if (over) id = "";
      if (over && found.status !== "finished") throw failure(found);
      tell({ report: found.report, over });
    }
    if (last && id) throw failure(last);
  } catch (error) {
    id = "";
    if (open) tell({ over: true, trouble: inWords(error, address) });
  }
}

/**
 * One article for each field of a page, over its edits.
 * @param {string} place
 */
async function articleId(place) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(place));
  return `web:${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 40)}`;
}

/**
 * @param {unknown} error
 * @param {string} address
 */
function inWords(error, address) {
  if (error instanceof ProblemError) {
    if (error.problem.status === 401 || error.problem.status === 403) return `${error.message.replace(/[^.!?]$/, "$&.")} Put a key into the extension's options.`;
    return error.message;
  }
  return `The service at ${address} does not answer. Is it running, and may the extension reach it? Look into the extension's options.`;
}

/**
 * Whether the service answers and takes the key.
 * @param {{address: string, key: string}} settings
 */
async function tryOut({ address, key }) {
  try {
    const { response, error } = await connect(address, key || undefined).GET("/v1/checks", { params: { query: { limit: 1 } } });
    if (response.ok) return { ok: true, words: "The service answers." };
    throw new ProblemError(/** @type {any} */ (error ?? { status: response.status, title: `The address answers with ${response.status}; it is not that of a factcheck service.`, detail: "" }));
  } catch (error) {
    return { ok: false, words: inWords(error, address) };
  }
}

/**
 * The toolbar's button turns the tab's site on and off.
 * @param {chrome.tabs.Tab} tab
 */
async function turn(tab) {
  if (!tab.id || !tab.url || !/^https?:/.test(tab.url)) return chrome.runtime.openOptionsPage();
  const site = `${new URL(tab.url).protocol}//${new URL(tab.url).hostname}/*`;
  const granted = chrome.permissions.request({ origins: [site] }); // first, while the click still counts
  const settings = await readSettings();
  if (settings.sites.includes(site)) {
    await writeSettings({ ...settings, sites: settings.sites.filter((one) => one !== site) });
    await furnish();
    return chrome.tabs.reload(tab.id);
  }
  if (!(await granted)) return;
  await writeSettings({ ...settings, sites: [...settings.sites, site] });
  await furnish();
  const target = { tabId: tab.id, allFrames: true };
  await chrome.scripting.insertCSS({ target, files: ["marks.css"] });
  await chrome.scripting.executeScript({ target, files: ["built/content.js"] });
  if (!settings.address) return chrome.runtime.openOptionsPage();
}

chrome.runtime.onInstalled.addListener(({ reason }) => {
  void furnish();
  if (reason === "install") void readSettings().then(({ address }) => { if (!address) void chrome.runtime.openOptionsPage(); });
});
chrome.runtime.onStartup.addListener(() => void furnish());
chrome.permissions.onRemoved.addListener(() => void furnish());
chrome.action.onClicked.addListener((tab) => void turn(tab));

chrome.runtime.onConnect.addListener((port) => {
  port.onMessage.addListener((draft) => void run(port, draft));
});

chrome.runtime.onMessage.addListener((message, sender, answer) => {
  if (message.ask === "settings") void readSettings().then(({ quiet }) => answer({ quiet }));
  else if (message.ask === "options") void chrome.runtime.openOptionsPage();
  else if (message.ask === "count" && sender.tab?.id) badge(sender.tab.id, message.count);
  else if (message.ask === "changed" && !sender.tab?.url?.startsWith("http")) void furnish().then(() => tryOut(message.settings)).then(answer);
  else return false;
  return true;
});

/**
 * @param {number} tabId
 * @param {number} count of contradicted and disputed places
 */
function badge(tabId, count) {
  void chrome.action.setBadgeText({ tabId, text: count > 0 ? String(count) : "" });
  void chrome.action.setBadgeBackgroundColor({ tabId, color: "#a8231b" });
}
