// Runs the tools that are heavy to install against the node, each in its own project under target/: hardhat's toolbox, web3.py,
// Seaport, Ponder. Each gets a node of its own.
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
  const until = async (what) => {
    for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 200))) {
      const found = await what();
      if (found) return found;
    }
    throw new Error(`Ponder does not get there:\n${said}`);
  };
  const indexed = (wanted) =>
    until(async () => {
      const post = { method: "POST", headers: { "content-type": "application/json" }, body: query };
      const answer = await fetch("http://127.0.0.1:42069/graphql", post).then((response) => response.json(), () => undefined);
      const items = answer?.data?.works?.items ?? [];
      return items.length === wanted.length && items.every((item, at) => item.paid === wanted[at]) && items;
    });
  try {
    await until(async () => said.includes("Started live indexing"));
    // it looks for what is there already when the next block comes
    await mint(2);
    await pay(2n, 7n);
    await pay(1n, 5n);
    const [work] = await indexed(["1005", "7"]);
    assert.equal(work.creator.toLowerCase(), (await creator.getAddress()).toLowerCase());
    assert.equal(work.mintGas, first.gasUsed.toString());
    console.log("Ponder: works that were there and works that came are indexed");
  } finally {
    child.kill("SIGKILL");
    fs.rmSync(index, { recursive: true, force: true });
    node.stop();
  }
}

/// A work is sold on Seaport 1.6, which pays its royalty into the work's inbox, and so to who made it.
async function seaport() {
  const node = await lineage();
  const folder = target("seaport");
  const file = path.join(folder, "compiled.json");
  if (!fs.existsSync(file)) {
    const { code, complaint } = await run(process.execPath, ["compile.cjs", file], { cwd: folder, timeout: 600_000 });
    assert.equal(code, 0, complaint);
  }
  const { Seaport, ConduitController } = JSON.parse(fs.readFileSync(file, "utf8"));
  const provider = new ethers.JsonRpcProvider(node.url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
  const [seller, buyer] = keys.map((key) => new ethers.NonceManager(new ethers.Wallet(key, provider)));
  const [from, to] = [await seller.getAddress(), await buyer.getAddress()];
  const created = async ({ abi, bytecode }, ...args) => {
    const contract = await new ethers.ContractFactory(abi, bytecode, seller).deploy(...args);
    return contract.waitForDeployment();
  };
  const done = async (sent) => (await sent).wait();
  const market = await created(Seaport, await (await created(ConduitController)).getAddress());
  const place = await market.getAddress();
  const { version } = await market.information();
  assert.equal(version, "1.6");

  const { provenance, router } = node.start.contracts;
  const collection = new ethers.Contract(provenance, contracts.IProvenance.abi, seller);
  const graph = new ethers.Contract(router, contracts.IRouter.abi, seller);
  const payees = [{ account: from, share: 10_000, role: 0 }];
  const zero = { hash: ethers.ZeroHash, address: ethers.ZeroAddress };
  await done(collection.mint([from, ethers.toBeHex(1, 32), zero.hash, 0, 0, 500, 0, "A duck", "0x", zero.hash, [], payees]));
  await done(collection.approve(place, 1n));

  const price = 10n ** 18n;
  const [receiver, royalty] = await collection.royaltyInfo(1n, price);
  assert.equal(receiver, await graph.inbox(1n));
  assert.equal(royalty, price / 20n);
  const { timestamp } = await provider.getBlock("latest");
  const money = (amount, recipient) => ({
    itemType: 0, token: zero.address, identifierOrCriteria: 0n, startAmount: amount, endAmount: amount, recipient,
  });
  const order = {
    offerer: from, zone: zero.address,
    offer: [{ itemType: 2, token: provenance, identifierOrCriteria: 1n, startAmount: 1n, endAmount: 1n }],
    consideration: [money(price - royalty, from), money(royalty, receiver)],
    orderType: 0, startTime: timestamp, endTime: timestamp + 86_400, zoneHash: zero.hash, salt: 1n, conduitKey: zero.hash,
  };
  const fields = (text) => text.split(", ").map((field) => ({ type: field.split(" ")[0], name: field.split(" ")[1] }));
  const item = "uint8 itemType, address token, uint256 identifierOrCriteria, uint256 startAmount, uint256 endAmount";
  const types = {
    OrderComponents: fields(
      "address offerer, address zone, OfferItem[] offer, ConsiderationItem[] consideration, uint8 orderType, uint256 startTime, " +
        "uint256 endTime, bytes32 zoneHash, uint256 salt, bytes32 conduitKey, uint256 counter",
    ),
    OfferItem: fields(item),
    ConsiderationItem: fields(`${item}, address recipient`),
  };
  const domain = { name: "Seaport", version: "1.6", chainId: 412346, verifyingContract: place };
  const signature = await new ethers.Wallet(keys[0]).signTypedData(domain, types, { ...order, counter: 0n });
  const parameters = { ...order, totalOriginalConsiderationItems: 2 };
  await done(market.connect(buyer).fulfillOrder({ parameters, signature }, zero.hash, { value: price }));
  assert.equal(await collection.ownerOf(1n), to);
  assert.equal(await provider.getBalance(receiver), royalty);
  await done(graph.sweep(1n, zero.address, royalty));
  assert.equal(await graph.claimable(1n, 0, zero.address, 0), royalty);
  console.log("Seaport: a work is sold, and its royalty is its maker's");
  provider.destroy();
  node.stop();
}

(async () => {
  for (const [name, part] of Object.entries({ hardhat, web3py, seaport, ponder })) {
    if (process.argv.length > 2 && !process.argv.slice(2).includes(name)) continue;
    console.log(`== ${name}`);
    await part();
  }
  process.exit(0);
})().catch((error) => {
  console.error(error.stack ?? error);
  process.exit(1);
});
