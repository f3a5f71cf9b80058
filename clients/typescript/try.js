/** Checks one sentence with a running service: `node try.js http://127.0.0.1:8080 [KEY]`. */

import { check, connect, ProblemError } from "./client.js";

const client = connect(process.argv[2] ?? "http://127.0.0.1:8080", process.argv[3]);
const document = { id: "try-1", text: "The ferry to Lysvik sank on Feb. 9, 2018.", published_at: "2018-02-10" };
const { response } = await client.POST("/v1/documents", { body: document });
console.log("document:", response.status);
await new Promise((done) => setTimeout(done, 2000));
const report = await check(client, { text: "The ferry to Lysvik sank on Feb. 10, 2018.", published_at: "2018-02-12" });
for (const claim of report.claims) console.log(`${claim.label}: ${claim.message}`);
try {
  await check(client, { text: " " });
} catch (error) {
  if (error instanceof ProblemError) console.log("refused:", error.message);
}
