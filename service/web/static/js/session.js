/** Who is signed in. Where people sign in, changes carry the session's token, and a lost session leads to the sign-in. */

import { byId, h, ROOT } from "./dom.js";

/** @typedef {{sign_in: "none" | "oidc" | "proxy", name: string | null, role: string | null, csrf_token: string | null}} Me */

/** @type {Promise<Me> | null} */
let known = null;

/** @returns {Promise<Me>} asked for once a page */
export function me() {
  known ??= fetch(`${ROOT}/v1/me`, { cache: "no-store" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status)))))
    .catch(() => { known = null; return { sign_in: "none", name: null, role: null, csrf_token: null }; });
  return known;
}

/** @param {string} [method] @returns {Promise<Record<string, string>>} what a change has to carry */
export async function sessionHeaders(method = "GET") {
  if (["GET", "HEAD"].includes(method)) return {};
  const token = (await me()).csrf_token;
  return token ? { "X-CSRF-Token": token } : {};
}

/** True where the browser leaves for the sign-in, to come back to this page. The draft stays in this tab. */
export async function leadToSignIn() {
  known = null;
  if ((await me()).sign_in !== "oidc") return false;
  location.assign(`${ROOT}/signin?next=${encodeURIComponent(location.pathname + location.search)}`);
  return true;
}

async function signOut() {
  const answer = await fetch(`${ROOT}/signout`, { method: "POST", headers: await sessionHeaders("POST") });
  sessionStorage.clear(); // drafts and keys of this tab
  location.assign(answer.ok ? (await answer.json()).location : `${ROOT}/`);
}

me().then((person) => {
  if (person.sign_in === "none") return;
  const place = byId("person");
  place.hidden = false;
  if (person.name === null) place.replaceChildren(person.sign_in === "oidc" ? h("a", { class: "button quiet", href: `${ROOT}/signin` }, "Sign in") : "");
  else {
    place.replaceChildren(h("span", { class: "hint", title: person.role ?? "" }, person.name),
      person.sign_in === "oidc" ? h("button", { type: "button", class: "button quiet", onclick: signOut }, "Sign out") : "");
  }
});
