// Runs the tools that are heavy to install against the node, each in its own project under target/: hardhat's toolbox, web3.py,
// Ponder. Each gets a node of its own.
"use strict";
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { spawn } = require("node:child_process");
const assert = require("node:assert/strict");
const { contracts, keys, lineage, root, run, tool } = require("./common.cjs");
const { ethers } = tool("ethers");

const target = (name) => path.join(root, "target", `${name}-at-the-node`);

async function hardhat() {
  const node = await lineage();
  const folder = target("hardhat");
  fs.mkdirSync(path.join(folder, "sources"), { recursive: true });
  fs.copyFileSync(path.join(__dirname, "Shop.sol"), path.join(folder, "sources/Shop.sol"));
  const env = { ...process.env, NODE_URL: node.url, SOLC: path.join(root, "target/npm/node_modules/solc") };
  const args = ["node_modules/hardhat/internal/cli/bootstrap.js", "test", "--config", "hardhat.config.cjs"];
  const { code, out, complaint } = await run(process.execPath, args, { cwd: folder, env });
  console.log(out);
  assert.equal(code, 0, complaint);
  node.stop();
}

async function web3py() {
  const node = await lineage();
  const artifact = path.join(os.tmpdir(), `shop-${process.pid}.json`);
  fs.writeFileSync(artifact, JSON.stringify(contracts.Shop));
  const env = { ...process.env, NODE_URL: node.url, ARTIFACT: artifact };
  const { code, out, complaint } = await run(path.join(target("web3"), "bin/python"), ["web3_py.py"], { cwd: __dirname, env });
  fs.unlinkSync(artifact);
  console.log(out);
  assert.equal(code, 0, complaint);
  node.stop();
}

/// An indexer that begins with a work that is there already, and goes on with what comes.
async function ponder() {
  const node = await lineage();
  const { provenance, router } = node.start.contracts;
  const provider = new ethers.JsonRpcProvider(node.url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
  const creator = new ethers.NonceManager(new ethers.Wallet(keys[0], provider));
  const collection = new ethers.Contract(provenance, contracts.IProvenance.abi, creator);
  const graph = new ethers.Contract(router, contracts.IRouter.abi, creator);
  const mint = async (digest) => {
    const payees = [{ account: await creator.getAddress(), share: 10_000, role: 0 }];
    const outputHash = ethers.toBeHex(digest, 32);
    const request = [await creator.getAddress(), outputHash, ethers.ZeroHash, 0, 0, 500, 0, "A duck", "0x", ethers.ZeroHash, [], payees];
    return (await collection.mint(request)).wait();
  };
  const pay = async (work, value) => (await graph.pay(work, ethers.ZeroAddress, value, ethers.ZeroHash, { value })).wait();
  const first = await mint(1);
  await pay(1n, 1_000n);

  const index = fs.mkdtempSync(path.join(os.tmpdir(), "index-"));
  const env = { ...process.env, NODE_URL: node.url, NODE_SOCKET: node.socket, COLLECTION: provenance, ROUTER: router, INDEX: index };
  env.PONDER_TELEMETRY_DISABLED = "true";
  const args = ["node_modules/ponder/dist/esm/bin/ponder.js", "start", "--schema", "works", "--port", "42069"];
  const child = spawn(process.execPath, args, { cwd: target("ponder"), env, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (said += data));
  const query = JSON.stringify({ query: "{ works(orderBy: \"id\") { items { id creator outputHash mintGas paid } } }" });
  const indexed = async (wanted) => {
    for (const end = Date.now() + 60_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
      const post = { method: "POST", headers: { "content-type": "application/json" }, body: query };
      const answer = await fetch("http://127.0.0.1:42069/graphql", post).then((response) => response.json(), () => undefined);
      const items = answer?.data?.works?.items ?? [];
      if (items.length === wanted.length && items.every((item, at) => item.paid === wanted[at])) return items;
    }
    throw new Error(`Ponder does not get there:\n${said}`);
  };
  try {
    const [work] = await indexed(["1000"]);
    assert.equal(work.creator.toLowerCase(), (await creator.getAddress()).toLowerCase());
    assert.equal(work.mintGas, first.gasUsed.toString());
    await mint(2);
    await pay(2n, 7n);
    await pay(1n, 5n);
    await indexed(["1005", "7"]);
    console.log("Ponder: works that were there and works that came are indexed");
  } finally {
    child.kill("SIGKILL");
    fs.rmSync(index, { recursive: true, force: true });
    node.stop();
  }
}

(async () => {
  for (const [name, part] of Object.entries({ hardhat, web3py, ponder })) {
    if (process.argv.length > 2 && !process.argv.slice(2).includes(name)) continue;
    console.log(`== ${name}`);
    await part();
  }
  process.exit(0);
})().catch((error) => {
  console.error(error.stack ?? error);
  process.exit(1);
});
