/* Made by `npm run build` in clients/browser-extension; the sources are in src/. Holds openapi-fetch (MIT, Drew Powers). */
"use strict";
(() => {
  // ../typescript/node_modules/openapi-fetch/dist/index.mjs
  var PATH_PARAM_RE = /\{[^{}]+\}/g;
  var supportsRequestInitExt = () => {
    return typeof process === "object" && Number.parseInt(process?.versions?.node?.substring(0, 2)) >= 18 && process.versions.undici;
  };
  function randomID() {
    return Math.random().toString(36).slice(2, 11);
  }
  function createClient(clientOptions) {
    let {
      baseUrl = "",
      Request: CustomRequest = globalThis.Request,
      fetch: baseFetch = globalThis.fetch,
      querySerializer: globalQuerySerializer,
      bodySerializer: globalBodySerializer,
      pathSerializer: globalPathSerializer,
      headers: baseHeaders,
      requestInitExt = void 0,
      ...baseOptions
    } = { ...clientOptions };
    requestInitExt = supportsRequestInitExt() ? requestInitExt : void 0;
    baseUrl = removeTrailingSlash(baseUrl);
    const globalMiddlewares = [];
    async function coreFetch(schemaPath, fetchOptions) {
      const {
        baseUrl: localBaseUrl,
        fetch = baseFetch,
        Request = CustomRequest,
        headers,
        params = {},
        parseAs = "json",
        querySerializer: requestQuerySerializer,
        bodySerializer = globalBodySerializer ?? defaultBodySerializer,
        pathSerializer: requestPathSerializer,
        body,
        middleware: requestMiddlewares = [],
        ...init
      } = fetchOptions || {};
      let finalBaseUrl = baseUrl;
      if (localBaseUrl) {
        finalBaseUrl = removeTrailingSlash(localBaseUrl) ?? baseUrl;
      }
      let querySerializer = typeof globalQuerySerializer === "function" ? globalQuerySerializer : createQuerySerializer(globalQuerySerializer);
      if (requestQuerySerializer) {
        querySerializer = typeof requestQuerySerializer === "function" ? requestQuerySerializer : createQuerySerializer({
          ...typeof globalQuerySerializer === "object" ? globalQuerySerializer : {},
          ...requestQuerySerializer
        });
      }
      const pathSerializer = requestPathSerializer || globalPathSerializer || defaultPathSerializer;
      const serializedBody = body === void 0 ? void 0 : bodySerializer(
        body,
        // Note: we declare mergeHeaders() both here and below because it’s a bit of a chicken-or-egg situation:
        // bodySerializer() needs all headers so we aren’t dropping ones set by the user, however,
        // the result of this ALSO sets the lowest-priority content-type header. So we re-merge below,
        // setting the content-type at the very beginning to be overwritten.
        // Lastly, based on the way headers work, it’s not a simple “present-or-not” check becauase null intentionally un-sets headers.
        mergeHeaders(baseHeaders, headers, params.header)
      );
      const finalHeaders = mergeHeaders(
        // with no body, we should not to set Content-Type
        serializedBody === void 0 || // if serialized body is FormData; browser will correctly set Content-Type & boundary expression
        serializedBody instanceof FormData ? {} : {
          "Content-Type": "application/json"
        },
        baseHeaders,
        headers,
        params.header
      );
      const finalMiddlewares = [...globalMiddlewares, ...requestMiddlewares];
      const requestInit = {
        redirect: "follow",
        ...baseOptions,
        ...init,
        body: serializedBody,
        headers: finalHeaders
      };
      let id;
      let options;
      let request = new Request(
        createFinalURL(schemaPath, { baseUrl: finalBaseUrl, params, querySerializer, pathSerializer }),
        requestInit
      );
      let response;
      for (const key in init) {
        if (!(key in request)) {
          request[key] = init[key];
        }
      }
      if (finalMiddlewares.length) {
        id = randomID();
        options = Object.freeze({
          baseUrl: finalBaseUrl,
          fetch,
          parseAs,
          querySerializer,
          bodySerializer,
          pathSerializer
        });
        for (const m of finalMiddlewares) {
          if (m && typeof m === "object" && typeof m.onRequest === "function") {
            const result = await m.onRequest({
              request,
              schemaPath,
              params,
              options,
              id
            });
            if (result) {
              if (result instanceof Request) {
                request = result;
              } else if (result instanceof Response) {
                response = result;
                break;
              } else {
                throw new Error("onRequest: must return new Request() or Response() when modifying the request");
              }
            }
          }
        }
      }
      if (!response) {
        try {
          response = await fetch(request, requestInitExt);
        } catch (error2) {
          let errorAfterMiddleware = error2;
          if (finalMiddlewares.length) {
            for (let i = finalMiddlewares.length - 1; i >= 0; i--) {
              const m = finalMiddlewares[i];
              if (m && typeof m === "object" && typeof m.onError === "function") {
                const result = await m.onError({
                  request,
                  error: errorAfterMiddleware,
                  schemaPath,
                  params,
                  options,
                  id
                });
                if (result) {
                  if (result instanceof Response) {
                    errorAfterMiddleware = void 0;
                    response = result;
                    break;
                  }
                  if (result instanceof Error) {
                    errorAfterMiddleware = result;
                    continue;
                  }
                  throw new Error("onError: must return new Response() or instance of Error");
                }
              }
            }
          }
          if (errorAfterMiddleware) {
            throw errorAfterMiddleware;
          }
        }
        if (finalMiddlewares.length) {
          for (let i = finalMiddlewares.length - 1; i >= 0; i--) {
            const m = finalMiddlewares[i];
            if (m && typeof m === "object" && typeof m.onResponse === "function") {
              const result = await m.onResponse({
                request,
                response,
                schemaPath,
                params,
                options,
                id
              });
              if (result) {
                if (!(result instanceof Response)) {
                  throw new Error("onResponse: must return new Response() when modifying the response");
                }
                response = result;
              }
            }
          }
        }
      }
      const contentLength = response.headers.get("Content-Length");
      if (response.status === 204 || request.method === "HEAD" || contentLength === "0" && !response.headers.get("Transfer-Encoding")?.includes("chunked")) {
        return response.ok ? { data: void 0, response } : { error: void 0, response };
      }
      if (response.ok) {
        const getResponseData = async () => {
          if (parseAs === "stream") {
            return response.body;
          }
          if (parseAs === "json" && !contentLength) {
            const raw = await response.text();
            return raw ? JSON.parse(raw) : void 0;
          }
          return await response[parseAs]();
        };
        return { data: await getResponseData(), response };
      }
      let error = await response.text();
      try {
        error = JSON.parse(error);
      } catch {
      }
      return { error, response };
    }
    return {
      request(method, url, init) {
        return coreFetch(url, { ...init, method: method.toUpperCase() });
      },
      /** Call a GET endpoint */
      GET(url, init) {
        return coreFetch(url, { ...init, method: "GET" });
      },
      /** Call a PUT endpoint */
      PUT(url, init) {
        return coreFetch(url, { ...init, method: "PUT" });
      },
      /** Call a POST endpoint */
      POST(url, init) {
        return coreFetch(url, { ...init, method: "POST" });
      },
      /** Call a DELETE endpoint */
      DELETE(url, init) {
        return coreFetch(url, { ...init, method: "DELETE" });
      },
      /** Call a OPTIONS endpoint */
      OPTIONS(url, init) {
        return coreFetch(url, { ...init, method: "OPTIONS" });
      },
      /** Call a HEAD endpoint */
      HEAD(url, init) {
        return coreFetch(url, { ...init, method: "HEAD" });
      },
      /** Call a PATCH endpoint */
      PATCH(url, init) {
        return coreFetch(url, { ...init, method: "PATCH" });
      },
      /** Call a TRACE endpoint */
      TRACE(url, init) {
        return coreFetch(url, { ...init, method: "TRACE" });
      },
      /** Register middleware */
      use(...middleware) {
        for (const m of middleware) {
          if (!m) {
            continue;
          }
          if (typeof m !== "object" || !("onRequest" in m || "onResponse" in m || "onError" in m)) {
            throw new Error("Middleware must be an object with one of `onRequest()`, `onResponse() or `onError()`");
          }
          globalMiddlewares.push(m);
        }
      },
      /** Unregister middleware */
      eject(...middleware) {
        for (const m of middleware) {
          const i = globalMiddlewares.indexOf(m);
          if (i !== -1) {
            globalMiddlewares.splice(i, 1);
          }
        }
      }
    };
  }
  function serializePrimitiveParam(name, value, options) {
    if (value === void 0 || value === null) {
      return "";
    }
    if (typeof value === "object") {
      throw new Error(
        "Deeply-nested arrays/objects aren’t supported. Provide your own `querySerializer()` to handle these."
      );
    }
    return `${name}=${options?.allowReserved === true ? value : encodeURIComponent(value)}`;
  }
  function serializeObjectParam(name, value, options) {
    if (!value || typeof value !== "object") {
      return "";
    }
    const values = [];
    const joiner = {
      simple: ",",
      label: ".",
      matrix: ";"
    }[options.style] || "&";
    if (options.style !== "deepObject" && options.explode === false) {
      for (const k in value) {
        values.push(k, options.allowReserved === true ? value[k] : encodeURIComponent(value[k]));
      }
      const final2 = values.join(",");
      switch (options.style) {
        case "form": {
          return `${name}=${final2}`;
        }
        case "label": {
          return `.${final2}`;
        }
        case "matrix": {
          return `;${name}=${final2}`;
        }
        default: {
          return final2;
        }
      }
    }
    for (const k in value) {
      const finalName = options.style === "deepObject" ? `${name}[${k}]` : k;
      values.push(serializePrimitiveParam(finalName, value[k], options));
    }
    const final = values.join(joiner);
    return options.style === "label" || options.style === "matrix" ? `${joiner}${final}` : final;
  }
  function serializeArrayParam(name, value, options) {
    if (!Array.isArray(value)) {
      return "";
    }
    if (options.explode === false) {
      const joiner2 = { form: ",", spaceDelimited: "%20", pipeDelimited: "|" }[options.style] || ",";
      const final = (options.allowReserved === true ? value : value.map((v) => encodeURIComponent(v))).join(joiner2);
      switch (options.style) {
        case "simple": {
          return final;
        }
        case "label": {
          return `.${final}`;
        }
        case "matrix": {
          return `;${name}=${final}`;
        }
        // case "spaceDelimited":
        // case "pipeDelimited":
        default: {
          return `${name}=${final}`;
        }
      }
    }
    const joiner = { simple: ",", label: ".", matrix: ";" }[options.style] || "&";
    const values = [];
    for (const v of value) {
      if (options.style === "simple" || options.style === "label") {
        values.push(options.allowReserved === true ? v : encodeURIComponent(v));
      } else {
        values.push(serializePrimitiveParam(name, v, options));
      }
    }
    return options.style === "label" || options.style === "matrix" ? `${joiner}${values.join(joiner)}` : values.join(joiner);
  }
  function createQuerySerializer(options) {
    return function querySerializer(queryParams) {
      const search = [];
      if (queryParams && typeof queryParams === "object") {
        for (const name in queryParams) {
          const value = queryParams[name];
          if (value === void 0 || value === null) {
            continue;
          }
          if (Array.isArray(value)) {
            if (value.length === 0) {
              continue;
            }
            search.push(
              serializeArrayParam(name, value, {
                style: "form",
                explode: true,
                ...options?.array,
                allowReserved: options?.allowReserved || false
              })
            );
            continue;
          }
          if (typeof value === "object") {
            search.push(
              serializeObjectParam(name, value, {
                style: "deepObject",
                explode: true,
                ...options?.object,
                allowReserved: options?.allowReserved || false
              })
            );
            continue;
          }
          search.push(serializePrimitiveParam(name, value, options));
        }
      }
      return search.join("&");
    };
  }
  function defaultPathSerializer(pathname, pathParams) {
    let nextURL = pathname;
    for (const match of pathname.match(PATH_PARAM_RE) ?? []) {
      let name = match.substring(1, match.length - 1);
      let explode = false;
      let style = "simple";
      if (name.endsWith("*")) {
        explode = true;
        name = name.substring(0, name.length - 1);
      }
      if (name.startsWith(".")) {
        style = "label";
        name = name.substring(1);
      } else if (name.startsWith(";")) {
        style = "matrix";
        name = name.substring(1);
      }
      if (!pathParams || pathParams[name] === void 0 || pathParams[name] === null) {
        continue;
      }
      const value = pathParams[name];
      if (Array.isArray(value)) {
        nextURL = nextURL.replace(match, serializeArrayParam(name, value, { style, explode }));
        continue;
      }
      if (typeof value === "object") {
        nextURL = nextURL.replace(match, serializeObjectParam(name, value, { style, explode }));
        continue;
      }
      if (style === "matrix") {
        nextURL = nextURL.replace(match, `;${serializePrimitiveParam(name, value)}`);
        continue;
      }
      nextURL = nextURL.replace(match, style === "label" ? `.${encodeURIComponent(value)}` : encodeURIComponent(value));
    }
    return nextURL;
  }
  function defaultBodySerializer(body, headers) {
    if (body instanceof FormData) {
      return body;
    }
    if (headers) {
      const contentType = headers.get instanceof Function ? headers.get("Content-Type") ?? headers.get("content-type") : headers["Content-Type"] ?? headers["content-type"];
      if (contentType === "application/x-www-form-urlencoded") {
        return new URLSearchParams(body).toString();
      }
    }
    return JSON.stringify(body);
  }
  function createFinalURL(pathname, options) {
    let finalURL = `${options.baseUrl}${pathname}`;
    if (options.params?.path) {
      finalURL = options.pathSerializer(finalURL, options.params.path);
    }
    let search = options.querySerializer(options.params.query ?? {});
    if (search.startsWith("?")) {
      search = search.substring(1);
    }
    if (search) {
      finalURL += `?${search}`;
    }
    return finalURL;
  }
  function mergeHeaders(...allHeaders) {
    const finalHeaders = new Headers();
    for (const h of allHeaders) {
      if (!h || typeof h !== "object") {
        continue;
      }
      const iterator = h instanceof Headers ? h.entries() : Object.entries(h);
      for (const [k, v] of iterator) {
        if (v === null) {
          finalHeaders.delete(k);
        } else if (Array.isArray(v)) {
          for (const v2 of v) {
            finalHeaders.append(k, v2);
          }
        } else if (v !== void 0) {
          finalHeaders.set(k, v);
        }
      }
    }
    return finalHeaders;
  }
  function removeTrailingSlash(url) {
    if (url.endsWith("/")) {
      return url.substring(0, url.length - 1);
    }
    return url;
  }

  // ../typescript/client.js
  var OVER = ["finished", "failed", "cancelled"];
  var ProblemError = class extends Error {
    /** @param {import("./schema.js").components["schemas"]["Problem"]} problem */
    constructor(problem) {
      super(problem.detail || problem.title);
      this.problem = problem;
    }
  };
  function connect(baseUrl, key) {
    return createClient({ baseUrl, headers: key ? { Authorization: `Bearer ${key}` } : {} });
  }
  async function* follow(client, request, { timeoutS = 120, pollS = 1 } = {}) {
    const deadline = Date.now() + timeoutS * 1e3;
    let found = taken(await client.POST("/v1/checks", { body: request, params: { query: { wait: pollS } } }));
    yield found;
    while (!OVER.includes(found.status) && Date.now() < deadline) {
      const params = { path: { check_id: found.id }, query: { wait: pollS } };
      found = taken(await client.GET("/v1/checks/{check_id}", { params }));
      yield found;
    }
  }
  function failure(found) {
    const told = found?.error ?? { type: "about:blank", title: `The check is ${found?.status ?? "lost"}.`, detail: "" };
    return new ProblemError({ status: 504, ...told });
  }
  function taken({ data, error }) {
    if (data && typeof data !== "string") return data;
    throw new ProblemError(
      /** @type {any} */
      error
    );
  }

  // src/settings.js
  async function readSettings() {
    const { settings } = await chrome.storage.local.get("settings");
    return { address: "", key: "", sites: [], quiet: false, .../** @type {Partial<Settings>} */
    settings };
  }
  var writeSettings = (settings) => chrome.storage.local.set({ settings });

  // src/worker.js
  var SCRIPT = "factcheck";
  var registered = Promise.resolve();
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
      id: SCRIPT,
      matches: allowed,
      js: ["built/content.js"],
      css: ["marks.css"],
      allFrames: true,
      matchOriginAsFallback: true,
      runAt: "document_idle"
    }]);
  }
  async function run(port, draft) {
    const { address, key } = await readSettings();
    const tell = (tidings) => port.postMessage({ ...tidings, address });
    const client = connect(address, key || void 0);
    let open = true;
    let id = "";
    port.onDisconnect.addListener(() => {
      open = false;
      if (id) void client.DELETE("/v1/checks/{check_id}", { params: { path: { check_id: id } } });
    });
    try {
      const url = port.sender?.tab?.url;
      const article = { text: draft.text, published_at: draft.publishedAt, ...url && { url } };
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
  async function articleId(place) {
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(place));
    return `web:${[...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("").slice(0, 40)}`;
  }
  function inWords(error, address) {
    if (error instanceof ProblemError) {
      if (error.problem.status === 401 || error.problem.status === 403) return `${error.message.replace(/[^.!?]$/, "$&.")} Put a key into the extension's options.`;
      return error.message;
    }
    return `The service at ${address} does not answer. Is it running, and may the extension reach it? Look into the extension's options.`;
  }
  async function tryOut({ address, key }) {
    try {
      const { response, error } = await connect(address, key || void 0).GET("/v1/checks", { params: { query: { limit: 1 } } });
      if (response.ok) return { ok: true, words: "The service answers." };
      throw new ProblemError(
        /** @type {any} */
        error ?? { status: response.status, title: `The address answers with ${response.status}; it is not that of a factcheck service.`, detail: "" }
      );
    } catch (error) {
      return { ok: false, words: inWords(error, address) };
    }
  }
  async function turn(tab) {
    if (!tab.id || !tab.url || !/^https?:/.test(tab.url)) return chrome.runtime.openOptionsPage();
    const site = `${new URL(tab.url).protocol}//${new URL(tab.url).hostname}/*`;
    const granted = chrome.permissions.request({ origins: [site] });
    const settings = await readSettings();
    if (settings.sites.includes(site)) {
      await writeSettings({ ...settings, sites: settings.sites.filter((one) => one !== site) });
      await furnish();
      return chrome.tabs.reload(tab.id);
    }
    if (!await granted) return;
    await writeSettings({ ...settings, sites: [...settings.sites, site] });
    await furnish();
    const target = { tabId: tab.id, allFrames: true };
    await chrome.scripting.insertCSS({ target, files: ["marks.css"] });
    await chrome.scripting.executeScript({ target, files: ["built/content.js"] });
    if (!settings.address) return chrome.runtime.openOptionsPage();
  }
  chrome.runtime.onInstalled.addListener(({ reason }) => {
    void furnish();
    if (reason === "install") void readSettings().then(({ address }) => {
      if (!address) void chrome.runtime.openOptionsPage();
    });
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
  function badge(tabId, count) {
    void chrome.action.setBadgeText({ tabId, text: count > 0 ? String(count) : "" });
    void chrome.action.setBadgeBackgroundColor({ tabId, color: "#a8231b" });
  }
})();
