// A small node of IPFS by Helia's packages, with the part of the RPC that `lineage mint --pin` speaks, and a pinning service that pins
// what the node has. It prints the port that it listens on, and ends with its standard input.
import { createServer } from "node:http";
import { Readable } from "node:stream";
import { car } from "@helia/car";
import { unixfs } from "@helia/unixfs";
import { CarReader } from "@ipld/car";
import { MemoryBlockstore } from "blockstore-core";
import { CID } from "multiformats/cid";
import { sha256 } from "multiformats/hashes/sha2";

const quiet = Object.assign(() => {}, { error() {}, trace() {} });
const blockstore = new MemoryBlockstore();
const helia = { blockstore, logger: { forComponent: () => quiet } };
const token = "Bearer secret";
const pins = new Map();

async function imported(request) {
  const headers = { "content-type": request.headers["content-type"] };
  const form = await new Response(Readable.toWeb(request), { headers }).formData();
  const archive = new Uint8Array(await form.get("file").arrayBuffer());
  for await (const { cid, bytes } of (await CarReader.fromBytes(archive)).blocks()) {
    const { digest } = await sha256.digest(bytes);
    if (!Buffer.from(digest).equals(Buffer.from(cid.multihash.digest))) throw new Error(`block ${cid} has another hash`);
  }
  const reader = await CarReader.fromBytes(archive);
  await car(helia).import(reader);
  const roots = await reader.getRoots();
  return roots.map((root) => `${JSON.stringify({ Root: { Cid: { "/": root.toString() }, PinErrorMsg: "" } })}\n`).join("");
}

async function status(id) {
  const pin = pins.get(id);
  pin.asked += 1;
  const has = await blockstore.has(CID.parse(pin.cid));
  const state = pin.asked < 2 ? "queued" : has ? "pinned" : "failed";
  const info = { status_details: state === "failed" ? "nobody in the network has it" : "" };
  return { requestid: id, status: state, created: "2026-01-01T00:00:00Z", pin, delegates: ["/dnsaddr/a.b"], info };
}

async function service(request, url) {
  const [, , , id] = url.pathname.split("/");
  if (request.method === "POST") {
    let body = "";
    for await (const part of request) body += part;
    const made = `pin-${pins.size}`;
    pins.set(made, { ...JSON.parse(body), asked: 0 });
    return [202, await status(made)];
  }
  if (id) return [200, await status(id)];
  return [200, { count: 0, results: [] }];
}

const server = createServer(async (request, response) => {
  const url = new URL(request.url, "http://node");
  const say = (code, text) => response.writeHead(code).end(text);
  try {
    if (url.pathname.startsWith("/psa/pins")) {
      const allowed = request.headers.authorization === token;
      const refused = { error: { reason: "UNAUTHORIZED", details: "the token is wrong" } };
      const [code, answer] = allowed ? await service(request, url) : [401, refused];
      say(code, JSON.stringify(answer));
    } else if (url.pathname === "/api/v0/dag/import" && request.method === "POST") {
      say(200, await imported(request));
    } else if (url.pathname === "/full/api/v0/dag/import") {
      for await (const _ of request);
      say(500, JSON.stringify({ Message: "no space left in the repository", Code: 0, Type: "error" }));
    } else if (url.pathname.startsWith("/ipfs/")) {
      response.writeHead(200);
      for await (const part of unixfs(helia).cat(CID.parse(url.pathname.slice(6)))) response.write(part);
      response.end();
    } else {
      say(404, "404 page not found");
    }
  } catch (error) {
    say(500, JSON.stringify({ Message: String(error) }));
  }
});
server.listen(0, "127.0.0.1", () => console.log(server.address().port));
process.stdin.on("end", () => process.exit(0)).resume();
