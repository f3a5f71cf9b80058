/**
 * @param {string} baseUrl such as `http://127.0.0.1:8080`
 * @param {string} [key] API key
 * @returns {import("openapi-fetch").Client<import("./schema.js").paths>}
 */
export function connect(baseUrl: string, key?: string): import("openapi-fetch").Client<import("./schema.js").paths>;
/**
 * The check of an article, at first and then each time that it is asked for, until it is over: its report holds the verdicts so far.
 * Throws `ProblemError`.
 * @param {ReturnType<typeof connect>} client
 * @param {import("./schema.js").components["schemas"]["CheckRequestInput"]} request
 * @param {{timeoutS?: number, pollS?: number}} [limits] `pollS` seconds each answer may wait for the end of the check
 * @returns {AsyncGenerator<import("./schema.js").components["schemas"]["Check"], void, void>}
 */
export function follow(client: ReturnType<typeof connect>, request: import("./schema.js").components["schemas"]["CheckRequestInput"], { timeoutS, pollS }?: {
    timeoutS?: number;
    pollS?: number;
}): AsyncGenerator<import("./schema.js").components["schemas"]["Check"], void, void>;
/**
 * The finished report of an article. Throws `ProblemError`, also where the check fails or takes longer than `timeoutS`.
 * @param {ReturnType<typeof connect>} client
 * @param {import("./schema.js").components["schemas"]["ArticleInput"]} article
 * @param {number} [timeoutS]
 * @returns {Promise<import("./schema.js").components["schemas"]["Report"]>}
 */
export function check(client: ReturnType<typeof connect>, article: import("./schema.js").components["schemas"]["ArticleInput"], timeoutS?: number): Promise<import("./schema.js").components["schemas"]["Report"]>;
/**
 * Why there is no finished report.
 * @param {import("./schema.js").components["schemas"]["Check"] | undefined} found
 */
export function failure(found: import("./schema.js").components["schemas"]["Check"] | undefined): ProblemError;
/** Problem details (RFC 9457). */
export class ProblemError extends Error {
    /** @param {import("./schema.js").components["schemas"]["Problem"]} problem */
    constructor(problem: import("./schema.js").components["schemas"]["Problem"]);
    problem: {
        type: string;
        title: string;
        status: number;
        detail: string;
        instance?: string;
        errors?: import("./schema.js").components["schemas"]["Fault"][];
        parts?: {
            [key: string]: import("./schema.js").components["schemas"]["Probe"];
        };
    };
}
