// cast against the node, typed as its book has it.
"use strict";
const { after, before, test } = require("node:test");
const assert = require("node:assert/strict");
const { contracts, keys, lineage, program, run, tool } = require("./common.cjs");
const { ethers } = tool("ethers");

const keeper = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const buyer = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
let node, shop;

before(async () => {
  node = await lineage();
});
after(() => node.stop());

/// What cast prints.
async function cast(...args) {
  const { code, out, complaint } = await run(program("cast"), args, { env: { ...process.env, ETH_RPC_URL: node.url } });
  assert.equal(code, 0, `cast ${args.join(" ")}: ${complaint}`);
  return out;
}

/// How cast complains.
async function complaint(...args) {
  const { code, complaint } = await run(program("cast"), args, { env: { ...process.env, ETH_RPC_URL: node.url } });
  assert.notEqual(code, 0);
  return complaint;
}

test("the chain is told", async () => {
  assert.equal(await cast("chain-id"), "412346");
  assert.match(await cast("client"), /^anvil\/stylus-node\//);
  assert.equal(await cast("balance", keeper, "--ether"), "10000.000000000000000000");
  assert.match(await cast("gas-price"), /^[0-9]+$/);
  assert.match(await cast("block", "latest"), /l1BlockNumber/);
  assert.equal(await cast("code", keeper), "0x");
});

test("a contract is created, and called with what it returns", async () => {
  const created = await cast("send", "--private-key", keys[0], "--json", "--create", contracts.Shop.bytecode, "constructor(uint256)", "100");
  const receipt = JSON.parse(created);
  assert.equal(receipt.status, "0x1");
  shop = receipt.contractAddress;
  assert.equal(await cast("call", shop, "price(uint256)(uint256)", "1"), "100");
  assert.equal(await cast("call", shop, "keeper()(address)"), keeper);
});

test("a transaction is sent with a key, and from an account of the node", async () => {
  const bought = await cast("send", shop, "buy(uint256,string)", "1", "a note", "--value", "100", "--private-key", keys[1], "--json");
  const { logs, transactionHash } = JSON.parse(bought);
  assert.equal(logs.length, 1);
  const found = await cast("logs", "--from-block", "0", "--json", "Sold(address indexed,uint256 indexed,uint256,string)", "--address", shop);
  assert.deepEqual(JSON.parse(found).map((log) => log.transactionHash), [transactionHash]);
  assert.match(await cast("tx", transactionHash), new RegExp(buyer, "i"));
  assert.match(await cast("receipt", transactionHash), /l1BlockNumber/);
  const sent = await cast("send", shop, "setPrice(uint256,uint256)", "2", "7", "--from", keeper, "--unlocked", "--json");
  assert.equal(JSON.parse(sent).status, "0x1");
  assert.equal(await cast("call", shop, "price(uint256)(uint256)", "2"), "7");
  assert.equal(await cast("nonce", buyer), "1");
});

test("what reverts is said before it is sent", async () => {
  const stranger = await complaint("send", shop, "setPrice(uint256,uint256)", "1", "1", "--private-key", keys[1]);
  assert.match(stranger, /only the keeper/);
  const cheap = await complaint("call", shop, "buy(uint256,string)", "1", "", "--value", "1", "--from", buyer);
  assert.match(cheap, /0x5a2455f1/);
});

test("storage, proofs, estimates and created addresses are read", async () => {
  const { out: slot } = await run(program("cast"), ["index", "uint256", "1", "0"]);
  assert.equal(BigInt(await cast("storage", shop, slot)), 100n);
  const proof = JSON.parse(await cast("proof", shop, slot));
  assert.equal(BigInt(proof.storageProof[0].value), 100n);
  const gas = Number(await cast("estimate", shop, "buy(uint256,string)", "1", "x", "--value", "100", "--from", buyer));
  assert.ok(gas > 50_000 && gas < 200_000, gas);
  const salt = `0x${"11".repeat(32)}`;
  const branch = await cast("call", shop, "branch(bytes32)(address)", salt);
  const made = JSON.parse(await cast("send", shop, "branch(bytes32)", salt, "--private-key", keys[0], "--json"));
  assert.equal(made.status, "0x1");
  assert.equal(await cast("call", branch, "shop()(address)"), ethers.getAddress(shop));
});

test("development methods and precompiles are reached", async () => {
  await cast("rpc", "anvil_setBalance", "0x000000000000000000000000000000000000dEaD", "0x7");
  assert.equal(await cast("balance", "0x000000000000000000000000000000000000dEaD"), "7");
  const number = Number(await cast("block-number"));
  await cast("rpc", "evm_mine");
  assert.equal(Number(await cast("block-number")), number + 1);
  assert.equal(await cast("call", "0x0000000000000000000000000000000000000064", "arbChainID()(uint256)"), "412346 [4.123e5]");
  assert.equal(await cast("call", "0x0000000000000000000000000000000000000071", "stylusVersion()(uint16)"), "2");
});
