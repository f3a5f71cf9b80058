/** The options page: address, key, sites. */

import { byId } from "../../../service/web/static/js/dom.js";
import { pattern, readSettings, writeSettings } from "./settings.js";

const form = /** @type {HTMLFormElement} */ (byId("form"));
const input = (/** @type {string} */ id) => /** @type {HTMLInputElement} */ (byId(id));

const settings = readSettings();
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
  if (!(await chrome.permissions.request({ origins: [host, ...sites] }))) {
    return say("Without the permission for these addresses nothing can be checked there. Nothing was saved.", true);
  }
  const changed = { address, key: input("key").value.trim(), sites: [...new Set(sites)], quiet: input("quiet").checked };
  await writeSettings(changed);
  say("Saved. Asking the service …");
  const { ok, words } = await chrome.runtime.sendMessage({ ask: "changed", settings: changed });
  say(`Saved. ${words}${ok && sites.length > 0 ? " Reload the pages that are open." : ""}`, !ok);
}

/**
 * @param {string} words
 * @param {boolean} [isTrouble]
 */
function say(words, isTrouble = false) {
  const live = byId("said");
  live.textContent = words;
  live.classList.toggle("trouble", isTrouble);
}
