// viem against the node: as a reader, a wallet, a test suite, and as a creator who uses Lineage.
"use strict";
const { after, before, test } = require("node:test");
const assert = require("node:assert/strict");
const { contracts, keys, lineage, tool } = require("./common.cjs");
const viem = tool("viem");
const { privateKeyToAccount } = tool("viem/accounts");
const { arbitrum } = tool("viem/chains");

const { Shop, IRouter, IProvenance } = contracts;
const [keeper, buyer, payer] = keys.map((key) => privateKeyToAccount(key));
const receiver = "0x00000000000000000000000000000000000000ee";
let node, reader, heard, shop, chain;
const wallet = (account) => viem.createWalletClient({ account, chain, transport: viem.http(node.url) });
const done = (hash) => reader.waitForTransactionReceipt({ hash });

before(async () => {
  node = await lineage();
  chain = viem.defineChain({ ...arbitrum, id: 412346, rpcUrls: { default: { http: [node.url] } } });
  reader = viem.createPublicClient({ chain, transport: viem.http(node.url), pollingInterval: 50 });
  heard = viem.createPublicClient({ chain, transport: viem.webSocket(node.socket) });
});
after(async () => {
  (await heard.transport.getRpcClient()).close();
  node.stop();
});

test("a contract is deployed and told of by its receipt", async () => {
  const hash = await wallet(keeper).deployContract({ ...Shop, args: [100n], value: 5n });
  const receipt = await done(hash);
  assert.equal(receipt.status, "success");
  assert.equal(receipt.type, "eip1559");
  assert.equal(receipt.from, keeper.address.toLowerCase());
  shop = { address: receipt.contractAddress, abi: Shop.abi };
  assert.equal(await reader.getBalance({ address: shop.address }), 5n);
  const code = await reader.getCode({ address: shop.address });
  assert.ok(code.length > 100);
});

test("it is read, alone and many at once through Multicall3", async () => {
  assert.equal(await reader.readContract({ ...shop, functionName: "price", args: [1n] }), 100n);
  const multicallAddress = "0xcA11bde05977b3631167028862bE2a173976CA11";
  const wanted = [1n, 2n].map((item) => ({ ...shop, functionName: "price", args: [item] }));
  const read = await reader.multicall({ contracts: wanted, multicallAddress });
  assert.deepEqual(read.map(({ result }) => result), [100n, 0n]);
});

test("a purchase is simulated, sent, and heard over WebSocket with its values", async () => {
  const event = new Promise((resolve, reject) => {
    heard.watchContractEvent({ ...shop, eventName: "Sold", onLogs: resolve, onError: reject });
  });
  // the subscription is taken in the order of requests
  await heard.getChainId();
  const wanted = { ...shop, account: buyer, functionName: "buy", args: [1n, "for me"], value: 150n };
  const { request, result } = await reader.simulateContract(wanted);
  assert.equal(result, 50n);
  const { logs, gasUsed } = await done(await wallet(buyer).writeContract(request));
  const [sold] = viem.parseEventLogs({ abi: Shop.abi, logs });
  assert.deepEqual(sold.args, { buyer: buyer.address, item: 1n, price: 100n, note: "for me" });
  const [told] = await event;
  assert.deepEqual(told.args, sold.args);
  assert.equal(told.transactionHash, sold.transactionHash);
  const found = await reader.getContractEvents({ ...shop, eventName: "Sold", fromBlock: 0n, args: { item: 1n } });
  assert.deepEqual(found.map((log) => log.transactionHash), [sold.transactionHash]);
  assert.ok(gasUsed > 21_000n);
});

test("refusals are told by name and value", async () => {
  const refusal = async (call) => {
    const error = await reader.simulateContract({ ...shop, account: buyer, ...call }).catch((error) => error);
    return error.walk((cause) => cause instanceof viem.ContractFunctionRevertedError);
  };
  const cheap = await refusal({ functionName: "buy", args: [1n, ""], value: 1n });
  assert.equal(cheap.data.errorName, "TooCheap");
  assert.deepEqual(cheap.data.args, [1n, 100n]);
  const stranger = await refusal({ functionName: "setPrice", args: [1n, 1n] });
  assert.equal(stranger.reason, "only the keeper");
  const panic = await refusal({ functionName: "buy", args: [9n, ""] });
  assert.match(panic.reason, /assert/);
});

test("what is prepared, signed and sent by hand is what is found again", async () => {
  const request = await wallet(buyer).prepareTransactionRequest({ to: receiver, value: 7n });
  const signed = await buyer.signTransaction(request);
  const hash = await reader.sendRawTransaction({ serializedTransaction: signed });
  const receipt = await done(hash);
  const transaction = await reader.getTransaction({ hash });
  assert.equal(transaction.value, 7n);
  assert.equal(transaction.nonce, request.nonce);
  const again = await viem.recoverTransactionAddress({ serializedTransaction: signed });
  assert.equal(again, buyer.address);
  const block = await reader.getBlock({ blockHash: receipt.blockHash, includeTransactions: true });
  assert.ok(block.transactions.some((one) => one.hash === hash));
  assert.equal(block.number, receipt.blockNumber);
});

test("legacy and access-list transactions, and code lent to an account, are taken", async () => {
  const legacy = await done(await wallet(buyer).sendTransaction({ type: "legacy", to: receiver, value: 1n }));
  assert.equal(legacy.type, "legacy");
  const accessList = [{ address: shop.address, storageKeys: [viem.pad("0x1")] }];
  const listed = await done(await wallet(buyer).sendTransaction({ type: "eip2930", to: receiver, accessList }));
  assert.equal(listed.type, "eip2930");
  const authorization = await wallet(payer).signAuthorization({ contractAddress: shop.address });
  const lent = await done(
    await wallet(buyer).sendTransaction({ to: payer.address, authorizationList: [authorization], gas: 500_000n }),
  );
  assert.equal(lent.type, "eip7702");
  const code = await reader.getCode({ address: payer.address });
  assert.equal(code, `0xef0100${shop.address.slice(2)}`);
});

test("slots are proven under the root of their block", async () => {
  const block = await reader.getBlock();
  const slot = viem.keccak256(viem.encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [1n, 0n]));
  const proof = await reader.getProof({ address: shop.address, storageKeys: [slot], blockNumber: block.number });
  assert.equal(proof.storageProof[0].value, 100n);
  assert.equal(viem.keccak256(proof.accountProof[0]), block.stateRoot);
  assert.equal(viem.keccak256(proof.storageProof[0].proof[0]), proof.storageHash);
});

test("state and times are supposed in a call", async () => {
  const slot = viem.keccak256(viem.encodeAbiParameters([{ type: "uint256" }, { type: "uint256" }], [1n, 0n]));
  const stateOverride = [{ address: shop.address, stateDiff: [{ slot, value: viem.pad("0x7") }] }];
  const supposed = await reader.readContract({ ...shop, functionName: "price", args: [1n], stateOverride });
  assert.equal(supposed, 7n);
  assert.equal(await reader.readContract({ ...shop, functionName: "price", args: [1n] }), 100n);
});

test("blocks are watched and fees are told", async () => {
  const seen = new Promise((resolve) => {
    const stop = heard.watchBlocks({ onBlock: (block) => (stop(), resolve(block)) });
  });
  await heard.getChainId();
  await done(await wallet(buyer).sendTransaction({ to: receiver, value: 1n }));
  const block = await seen;
  assert.ok(block.number > 0n);
  const fees = await reader.estimateFeesPerGas();
  assert.ok(fees.maxFeePerGas >= (await reader.getBlock()).baseFeePerGas);
  const history = await reader.getFeeHistory({ blockCount: 2, rewardPercentiles: [50] });
  assert.equal(history.gasUsedRatio.length, 2);
});

for (const mode of ["anvil", "hardhat"]) {
  test(`the actions of a test client do what they say, in ${mode}'s mode`, async () => {
    const client = viem.createTestClient({ mode, chain, transport: viem.http(node.url) });
    const address = viem.getAddress(viem.pad(mode === "anvil" ? "0xa1" : "0xa2", { size: 20 }));
    const id = await client.snapshot();
    await client.setBalance({ address, value: 10n ** 18n });
    assert.equal(await reader.getBalance({ address }), 10n ** 18n);
    await client.setNonce({ address, nonce: 3 });
    assert.equal(await reader.getTransactionCount({ address }), 3);
    await client.setCode({ address, bytecode: "0x00" });
    assert.equal(await reader.getCode({ address }), "0x00");
    await client.setStorageAt({ address, index: 2, value: viem.pad("0x5") });
    assert.equal(await reader.getStorageAt({ address, slot: "0x2" }), viem.pad("0x5"));
    await client.setCode({ address, bytecode: "0x" });
    await client.impersonateAccount({ address });
    const sender = viem.createWalletClient({ account: address, chain, transport: viem.http(node.url) });
    const sent = await done(await sender.sendTransaction({ to: receiver, value: 1n }));
    assert.equal(sent.from, address.toLowerCase());
    await client.stopImpersonatingAccount({ address });
    const number = await reader.getBlockNumber({ cacheTime: 0 });
    await client.mine({ blocks: 3, interval: 10 });
    assert.equal(await reader.getBlockNumber({ cacheTime: 0 }), number + 3n);
    const { timestamp } = await reader.getBlock();
    await client.setNextBlockTimestamp({ timestamp: timestamp + 1_000n });
    await client.mine({ blocks: 1 });
    assert.equal((await reader.getBlock()).timestamp, timestamp + 1_000n);
    await client.increaseTime({ seconds: 100 });
    await client.mine({ blocks: 1 });
    assert.ok((await reader.getBlock()).timestamp >= timestamp + 1_100n);
    await client.setAutomine(false);
    assert.equal(await client.getAutomine(), false);
    const waiting = await wallet(buyer).sendTransaction({ to: receiver, value: 3n, gas: 100_000n });
    const status = await client.getTxpoolStatus();
    assert.deepEqual(status, { pending: 1, queued: 0 });
    await client.dropTransaction({ hash: waiting });
    assert.deepEqual(await client.getTxpoolStatus(), { pending: 0, queued: 0 });
    await client.setAutomine(true);
    await client.revert({ id });
    assert.equal(await reader.getBalance({ address }), 0n);
  });
}

test("a work is minted, derived from and paid, and its creator claims", async () => {
  const { provenance, router } = node.start.contracts;
  const collection = { address: provenance, abi: IProvenance.abi };
  const graph = { address: router, abi: IRouter.abi };
  const mint = async (creator, digest, parents) => {
    const request = {
      to: creator.address,
      outputHash: viem.pad(digest, { size: 32 }),
      processRoot: viem.pad("0x0", { size: 32 }),
      stepCount: 0,
      kind: 0,
      royalty: 500,
      sourceType: 0,
      title: "A duck",
      uri: "0x",
      salt: viem.pad("0x0", { size: 32 }),
      parents,
      payees: [{ account: creator.address, share: 10_000, role: 0 }],
    };
    const hash = await wallet(creator).writeContract({ ...collection, functionName: "mint", args: [request] });
    const { logs } = await done(hash);
    return viem.parseEventLogs({ abi: IProvenance.abi, logs, eventName: "WorkMinted" })[0].args.tokenId;
  };
  const work = await mint(keeper, "0x01", []);
  assert.equal(await reader.readContract({ ...collection, functionName: "ownerOf", args: [work] }), keeper.address);
  const native = viem.zeroAddress;
  const reference = viem.pad("0x0", { size: 32 });
  const pay = { ...graph, functionName: "pay", args: [work, native, 1_000n, reference], value: 1_000n };
  await done(await wallet(buyer).writeContract(pay));
  const [before, epoch] = [await reader.getBalance({ address: keeper.address }), 0];
  const due = await reader.readContract({ ...graph, functionName: "claimable", args: [work, epoch, native, 0] });
  assert.equal(due, 1_000n);
  const claim = { ...graph, functionName: "claim", args: [work, epoch, native, 0] };
  await done(await wallet(buyer).writeContract(claim));
  assert.equal(await reader.getBalance({ address: keeper.address }), before + 1_000n);
  const refused = await reader
    .simulateContract({ ...collection, account: buyer, functionName: "ownerOf", args: [999n] })
    .catch((error) => error.walk((cause) => cause instanceof viem.ContractFunctionRevertedError));
  assert.equal(refused.data.errorName, "ERC721NonexistentToken");
});
