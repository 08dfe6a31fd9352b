// ethers against the node, over HTTP and WebSocket.
"use strict";
const { after, before, test } = require("node:test");
const assert = require("node:assert/strict");
const { contracts, keys, lineage, tool } = require("./common.cjs");
const { ethers } = tool("ethers");

let node, provider, socket, shop, keeper, buyer;

before(async () => {
  node = await lineage();
  provider = new ethers.JsonRpcProvider(node.url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
  socket = new ethers.WebSocketProvider(node.socket);
  [keeper, buyer] = keys.map((key) => new ethers.NonceManager(new ethers.Wallet(key, provider)));
});
after(async () => {
  provider.destroy();
  await socket.destroy();
  node.stop();
});

test("the network and its fees are told", async () => {
  const { chainId } = await provider.getNetwork();
  assert.equal(chainId, 412346n);
  const fees = await provider.getFeeData();
  assert.ok(fees.gasPrice > 0n && fees.maxFeePerGas > 0n);
});

test("a contract is deployed, written, read and filtered", async () => {
  const factory = new ethers.ContractFactory(contracts.Shop.abi, contracts.Shop.bytecode, keeper);
  shop = await factory.deploy(100n);
  await shop.waitForDeployment();
  assert.equal(await shop.price(1n), 100n);
  const bought = await (await shop.connect(buyer).buy(1n, "for me", { value: 120n })).wait();
  const [sold] = bought.logs.map((log) => shop.interface.parseLog(log));
  assert.deepEqual([...sold.args], [await buyer.getAddress(), 1n, 100n, "for me"]);
  const found = await shop.queryFilter(shop.filters.Sold(null, 1n));
  assert.deepEqual(found.map((log) => log.transactionHash), [bought.hash]);
});

test("refusals are told by name, reason and code", async () => {
  const cheap = await shop.connect(buyer).buy.staticCall(1n, "", { value: 1n }).catch((error) => error);
  assert.equal(cheap.code, "CALL_EXCEPTION");
  assert.equal(cheap.revert.name, "TooCheap");
  assert.deepEqual([...cheap.revert.args], [1n, 100n]);
  const stranger = await shop.connect(buyer).setPrice(1n, 1n).catch((error) => error);
  assert.equal(stranger.reason, "only the keeper");
  const forgotten = await provider.getTransactionReceipt(ethers.ZeroHash);
  assert.equal(forgotten, null);
  const used = new ethers.Wallet(keys[1], provider);
  const low = await used.sendTransaction({ to: used.address, nonce: 0 }).catch((error) => error);
  assert.equal(low.code, "NONCE_EXPIRED");
  const poor = ethers.Wallet.createRandom().connect(provider);
  const broke = await poor.sendTransaction({ to: used.address, value: 1n, gasLimit: 50_000n }).catch((error) => error);
  assert.equal(broke.code, "INSUFFICIENT_FUNDS");
});

test("a fee that does not outbid what waits is refused as such", async () => {
  await provider.send("evm_setAutomine", [false]);
  const wallet = new ethers.Wallet(keys[2], provider);
  const fees = { maxFeePerGas: 10n ** 9n, maxPriorityFeePerGas: 0n };
  const first = await wallet.sendTransaction({ to: wallet.address, nonce: 0, gasLimit: 50_000n, ...fees });
  const second = await wallet
    .sendTransaction({ to: wallet.address, value: 1n, nonce: 0, gasLimit: 50_000n, ...fees })
    .catch((error) => error);
  assert.equal(second.code, "REPLACEMENT_UNDERPRICED");
  await provider.send("evm_setAutomine", [true]);
  assert.equal((await first.wait()).status, 1);
});

test("blocks, logs and transactions that wait are heard over WebSocket", async () => {
  const once = (event) => new Promise((resolve) => socket.once(event, resolve));
  const listening = shop.connect(socket);
  const priced = new Promise((resolve) => listening.once(shop.filters.Priced(2n), resolve));
  const heard = Promise.all([once("block"), priced, once("pending")]);
  // the library subscribes by and by
  await new Promise((resolve) => setTimeout(resolve, 300));
  const sent = await shop.connect(keeper).setPrice(2n, 9n);
  const { hash, blockNumber } = await sent.wait();
  const [block, log, pending] = await heard;
  assert.ok(block >= blockNumber);
  assert.equal(log.log.transactionHash, hash);
  assert.equal(pending, hash);
});

test("accounts of the node sign and send", async () => {
  const signer = await provider.getSigner(0);
  const signed = await signer.signMessage("hello");
  assert.equal(ethers.verifyMessage("hello", signed), signer.address);
  const sent = await signer.sendTransaction({ to: ethers.ZeroAddress, value: 1n });
  assert.equal((await sent.wait()).status, 1);
});

test("blocks have what the library needs", async () => {
  const block = await provider.getBlock("latest", true);
  assert.equal(block.prefetchedTransactions.length, block.transactions.length);
  for (const tag of ["earliest", "safe", "finalized", "pending"]) {
    assert.notEqual(await provider.getBlock(tag), null, tag);
  }
});
