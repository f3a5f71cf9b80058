/** What the options page sets. Only the extension's own pages and its worker can read it. */

/** @typedef {{address: string, key: string, sites: string[], quiet: boolean}} Settings `sites` are match patterns */

/** @returns {Promise<Settings>} */
export async function readSettings() {
  const { settings } = await chrome.storage.local.get("settings");
  return { address: "", key: "", sites: [], quiet: false, .../** @type {Partial<Settings>} */ (settings) };
}

/** @param {Settings} settings */
export const writeSettings = (settings) => chrome.storage.local.set({ settings });

/**
 * `cms.example.org/admin` → `https://cms.example.org/*`: a match pattern of its host. Throws `TypeError` where it is no address of the web.
 * @param {string} line
 */
export function pattern(line) {
  const url = new URL(line.includes("://") ? line : `https://${line}`);
  if (!["http:", "https:"].includes(url.protocol)) throw new TypeError(line);
  return `${url.protocol}//${url.hostname}/*`;
}
