/** Bundles `src/` into `built/`, which is checked in: the folder loads as it is, and nothing is fetched when it runs. */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const COMMON = { outdir: "built", bundle: true, target: "chrome119", charset: "utf8", nodePaths: ["node_modules"], metafile: true };
const BANNER = "/* Made by `npm run build` in clients/browser-extension; the sources are in src/. Holds openapi-fetch (MIT, Drew Powers). */";

const scripts = await build({
  ...COMMON,
  entryPoints: ["src/worker.js", "src/content.js", "src/options.js"],
  format: "iife",
  loader: { ".css": "text" },
  banner: { js: BANNER },
});
const styles = await build({ ...COMMON, entryPoints: ["src/options.css"] });

/** The sources' digests: a test tells where the bundles are older than what they are made of. */
const sources = Object.keys({ ...scripts.metafile.inputs, ...styles.metafile.inputs }).filter((path) => !path.includes("node_modules"));
const digest = (path) => createHash("sha256").update(readFileSync(path)).digest("hex");
const digests = Object.fromEntries([...new Set(sources)].sort().map((path) => [path, digest(path)]));
writeFileSync("built/sources.json", `${JSON.stringify(digests, null, 1)}\n`);
