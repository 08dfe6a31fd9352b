// The same Ethereum transactions on the node and on anvil, and everything that is read of them, field by field. What differs
// stands in `differences`, with the decision that says why; one that is there and no longer differs fails too.
"use strict";
const { after, before, test } = require("node:test");
const assert = require("node:assert/strict");
const { anvil, ask, contracts, keys, lineage, tool } = require("./common.cjs");
const { ethers } = tool("ethers");

/// Why what differs, as docs/decisions/027 has it: by field, or by question and field.
const differences = require("./beside-anvil.json");
const known = new Set(Object.values(differences).flat());

const genesis = 1_900_000_000;
const receiver = "0x00000000000000000000000000000000000000ee";
let nodes;
const found = new Set();
const unknown = [];

before(async () => {
  nodes = [
    await lineage(["--bare", "--chain-id", "31337", "--arbos", "51"]),
    await anvil(["--chain-id", "31337", "--hardfork", "osaka"]),
  ];
});
after(() => nodes.forEach((node) => node.stop()));

/// Asks both, and compares.
async function both(question, method, params = []) {
  const answers = await Promise.all(nodes.map((node) => ask(node, method, params)));
  compare(question, "", withoutStart(answers[0]), answers[1]);
  return answers.map((answer) => answer.result);
}

/// An answer of ours without the transaction that ArbOS begins every block with.
function withoutStart(answer) {
  const { result } = answer;
  if (Array.isArray(result) && result[0]?.type === "0x6a") return { ...answer, result: result.slice(1) };
  if (!Array.isArray(result?.transactions)) return answer;
  return { ...answer, result: { ...result, transactions: result.transactions.slice(1) } };
}

/// Notes where two values differ.
function compare(question, field, ours, theirs) {
  const isObject = (value) => value !== null && typeof value === "object";
  if (isObject(ours) && isObject(theirs) && Array.isArray(ours) === Array.isArray(theirs)) {
    for (const key of new Set([...Object.keys(ours), ...Object.keys(theirs)])) {
      const name = Array.isArray(ours) ? field : field ? `${field}.${key}` : key;
      compare(question, name, ours[key], theirs[key]);
    }
  } else if (ours !== theirs) {
    const last = field.split(".").pop();
    const isOfBlock = field === `result.${last}` && question.startsWith("block");
    const names = [`${question} ${field}`, isOfBlock && ["hash", "nonce"].includes(last) ? `${last} of a block` : last];
    const name = names.find((name) => known.has(name));
    if (name === undefined) unknown.push(`${question} ${field}: ${JSON.stringify(ours)}, anvil ${JSON.stringify(theirs)}`);
    found.add(name);
  }
}

test("what is sent, mined and read is the same but for what is known", async () => {
  const [keeper, buyer] = keys.map((key) => new ethers.Wallet(key));
  const shop = new ethers.Interface(contracts.Shop.abi);
  const created = ethers.getCreateAddress({ from: keeper.address, nonce: 0 });
  const initCode = contracts.Shop.bytecode + shop.encodeDeploy([100n]).slice(2);
  const fees = { maxFeePerGas: 10n ** 10n, maxPriorityFeePerGas: 0n, chainId: 31337 };
  const call = (name, args) => ({ to: created, data: shop.encodeFunctionData(name, args) });
  const sent = [
    [keeper, { type: 2, nonce: 0, data: initCode, gasLimit: 3_000_000, ...fees }],
    [buyer, { type: 2, nonce: 0, ...call("buy", [1n, "a note"]), value: 150n, gasLimit: 300_000, ...fees }],
    [buyer, { type: 2, nonce: 1, ...call("buy", [1n, ""]), value: 1n, gasLimit: 300_000, ...fees }],
    [buyer, { type: 2, nonce: 2, ...call("setPrice", [1n, 1n]), gasLimit: 300_000, ...fees }],
    [buyer, { type: 2, nonce: 3, ...call("spend", [9n]), gasLimit: 100_000, ...fees }],
    [keeper, { type: 0, nonce: 1, to: receiver, value: 5n, gasLimit: 21_000, gasPrice: 10n ** 10n, chainId: 31337 }],
    [keeper, { type: 1, nonce: 2, ...call("setPrice", [3n, 8n]), gasLimit: 300_000, gasPrice: 10n ** 10n, chainId: 31337,
      accessList: [{ address: created, storageKeys: [ethers.ZeroHash] }] }],
    [keeper, { type: 2, nonce: 3, ...call("branch", [ethers.ZeroHash]), gasLimit: 3_000_000, ...fees }],
  ];
  let time = genesis;
  const hashes = [];
  for (const [wallet, transaction] of sent) {
    time += 10;
    await both("next time", "evm_setNextBlockTimestamp", [time]);
    const raw = await wallet.signTransaction(transaction);
    const [hash] = await both("send", "eth_sendRawTransaction", [raw]);
    hashes.push(hash);
  }
  for (const hash of hashes) {
    await both("transaction", "eth_getTransactionByHash", [hash]);
    await both("receipt", "eth_getTransactionReceipt", [hash]);
    await both("raw transaction", "eth_getRawTransactionByHash", [hash]);
  }
  for (let number = 1; number <= hashes.length; number += 1) {
    const name = ethers.toQuantity(number);
    await both("block", "eth_getBlockByNumber", [name, false]);
    await both("block with transactions", "eth_getBlockByNumber", [name, true]);
    await both("receipts of a block", "eth_getBlockReceipts", [name]);
      await both("balance", "eth_getBalance", [receiver, name]);
  }
  await both("code", "eth_getCode", [created, "latest"]);
  for (const account of [keeper.address, buyer.address]) {
    await both("nonce", "eth_getTransactionCount", [account, "latest"]);
  }
  await both("logs", "eth_getLogs", [{ fromBlock: "0x1", toBlock: "latest", address: created }]);
  await both("logs of a topic", "eth_getLogs", [{ fromBlock: "0x1", topics: [shop.getEvent("Sold").topicHash] }]);
  const slot = ethers.solidityPackedKeccak256(["uint256", "uint256"], [1n, 0n]);
  await both("slot", "eth_getStorageAt", [created, slot, "latest"]);
  const from = buyer.address;
  await both("call", "eth_call", [{ from, ...call("price", [1n]) }, "latest"]);
  await both("call that reverts by name", "eth_call", [{ from, ...call("buy", [1n, ""]), value: "0x1" }, "latest"]);
  await both("call that reverts with a reason", "eth_call", [{ from, ...call("setPrice", [1n, 1n]) }, "latest"]);
  await both("call that panics", "eth_call", [{ from, ...call("buy", [99n, ""]) }, "latest"]);
  await both("call of nobody", "eth_call", [{ from, to: receiver, data: "0x01020304" }, "latest"]);
  await both("estimate that reverts", "eth_estimateGas", [{ from, ...call("setPrice", [1n, 1n]) }]);
  await both("no such transaction", "eth_getTransactionByHash", [ethers.ZeroHash]);
  await both("no such receipt", "eth_getTransactionReceipt", [ethers.ZeroHash]);
  await both("no such block", "eth_getBlockByNumber", ["0x1000000", false]);
  await both("nonce too low", "eth_sendRawTransaction", [await sent[0][0].signTransaction(sent[0][1])]);
  await both("accounts", "eth_accounts");
  await both("network", "net_version");
  await both("no such method", "eth_doesNotExist");
  await both("too few arguments", "eth_getBalance", []);
});

test("no difference is unknown, and every known one is there", () => {
  assert.equal(unknown.length, 0, unknown.slice(0, 20).join("\n"));
  const gone = [...known].filter((name) => !found.has(name));
  assert.deepEqual(gone, []);
});
