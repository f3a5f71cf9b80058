/* Made by `npm run build` in clients/browser-extension; the sources are in src/. Holds openapi-fetch (MIT, Drew Powers). */
"use strict";
(() => {
  // ../../service/web/static/js/dom.js
  function byId(id) {
    const node = document.getElementById(id);
    if (!node) throw new Error(`the page has no #${id}`);
    return (
      /** @type {T} */
      node
    );
  }
  var ROOT = document.documentElement.dataset.root ?? "";

  // src/settings.js
  async function readSettings() {
    const { settings: settings2 } = await chrome.storage.local.get("settings");
    return { address: "", key: "", sites: [], quiet: false, .../** @type {Partial<Settings>} */
    settings2 };
  }
  var writeSettings = (settings2) => chrome.storage.local.set({ settings: settings2 });
  function pattern(line) {
    const url = new URL(line.includes("://") ? line : `https://${line}`);
    if (!["http:", "https:"].includes(url.protocol)) throw new TypeError(line);
    return `${url.protocol}//${url.hostname}/*`;
  }

  // src/options.js
  var form = (
    /** @type {HTMLFormElement} */
    byId("form")
  );
  var input = (id) => (
    /** @type {HTMLInputElement} */
    byId(id)
  );
  var settings = readSettings();
  void settings.then(({ address, key, sites, quiet }) => {
    input("address").value = address;
    input("key").value = key;
    input("sites").value = sites.map((site) => site.replace(/\/\*$/, "")).join("\n");
    input("quiet").checked = quiet;
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
  async function save() {
    say("");
    let host, sites, address;
    try {
      address = new URL(input("address").value.trim()).href.replace(/\/+$/, "");
      host = pattern(address);
    } catch {
      return say("The address is none: write it as http://127.0.0.1:8080 or https://factcheck.example.org.", true);
    }
    const lines = input("sites").value.split(/\s+/).filter(Boolean);
    try {
      sites = lines.map(pattern);
    } catch {
      return say("One of the sites is no address: write one a line, as https://cms.example.org.", true);
    }
    if (!await chrome.permissions.request({ origins: [host, ...sites] })) {
      return say("Without the permission for these addresses nothing can be checked there. Nothing was saved.", true);
    }
    const changed = { address, key: input("key").value.trim(), sites: [...new Set(sites)], quiet: input("quiet").checked };
    await writeSettings(changed);
    say("Saved. Asking the service …");
    const { ok, words } = await chrome.runtime.sendMessage({ ask: "changed", settings: changed });
    say(`Saved. ${words}${ok && sites.length > 0 ? " Reload the pages that are open." : ""}`, !ok);
  }
  function say(words, isTrouble = false) {
    const live = byId("said");
    live.textContent = words;
    live.classList.toggle("trouble", isTrouble);
  }
})();
