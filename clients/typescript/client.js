/** A client of factcheck: every call of openapi.yaml, typed, and the two that people want most. */

import createClient from "openapi-fetch";

const POLL_S = 10;
const OVER = ["finished", "failed", "cancelled"];

/** Problem details (RFC 9457). */
export class ProblemError extends Error {
  /** @param {import("./schema.js").components["schemas"]["Problem"]} problem */
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/**
 * @param {string} baseUrl such as `http://127.0.0.1:8080`
 * @param {string} [key] API key
 * @returns {import("openapi-fetch").Client<import("./schema.js").paths>}
 */
export function connect(baseUrl, key) {
  return createClient({ baseUrl, headers: key ? { Authorization: `Bearer ${key}` } : {} });
}

/**
 * The check of an article, at first and then each time that it is asked for, until it is over: its report holds the verdicts so far.
 * Throws `ProblemError`.
 * @param {ReturnType<typeof connect>} client
 * @param {import("./schema.js").components["schemas"]["CheckRequestInput"]} request
 * @param {{timeoutS?: number, pollS?: number}} [limits] `pollS` seconds each answer may wait for the end of the check
 * @returns {AsyncGenerator<import("./schema.js").components["schemas"]["Check"], void, void>}
 */
export async function* follow(client, request, { timeoutS = 120, pollS = 1 } = {}) {
  const deadline = Date.now() + timeoutS * 1000;
  let found = taken(await client.POST("/v1/checks", { body: request, params: { query: { wait: pollS } } }));
  yield found;
  while (!OVER.includes(found.status) && Date.now() < deadline) {
    const params = { path: { check_id: found.id }, query: { wait: pollS } };
    found = taken(await client.GET("/v1/checks/{check_id}", { params }));
    yield found;
  }
}

/**
 * The finished report of an article. Throws `ProblemError`, also where the check fails or takes longer than `timeoutS`.
 * @param {ReturnType<typeof connect>} client
 * @param {import("./schema.js").components["schemas"]["ArticleInput"]} article
 * @param {number} [timeoutS]
 * @returns {Promise<import("./schema.js").components["schemas"]["Report"]>}
 */
export async function check(client, article, timeoutS = 120) {
  /** @type {import("./schema.js").components["schemas"]["Check"] | undefined} */
  let last;
  for await (const found of follow(client, { article }, { timeoutS, pollS: POLL_S })) last = found;
  if (last?.status === "finished" && last.report) return last.report;
  throw failure(last);
}

/**
 * Why there is no finished report.
 * @param {import("./schema.js").components["schemas"]["Check"] | undefined} found
 */
export function failure(found) {
  const told = found?.error ?? { type: "about:blank", title: `The check is ${found?.status ?? "lost"}.`, detail: "" };
  return new ProblemError({ status: 504, ...told });
}

/**
 * The check of an answer in JSON; the other shapes, which the types allow, come only where `Accept` asks for them.
 * @param {{data?: import("./schema.js").components["schemas"]["Check"] | string, error?: unknown}} answer
 */
function taken({ data, error }) {
  if (data && typeof data !== "string") return data;
  throw new ProblemError(/** @type {any} */ (error));
}
