// Contracts as their authors publish them, byte for byte, on the node: Safe, Uniswap's PoolManager, and those that a chain begins with.
"use strict";
const { after, before, test } = require("node:test");
const assert = require("node:assert/strict");
const { contracts, keys, lineage, tool } = require("./common.cjs");
const { ethers } = tool("ethers");

const artifact = (name) => tool(name);
const safes = (name) => artifact(`@safe-global/safe-smart-account/build/artifacts/contracts/${name}`);

let node, provider, keeper, owners;

before(async () => {
  node = await lineage();
  provider = new ethers.JsonRpcProvider(node.url, undefined, { cacheTimeout: -1, pollingInterval: 50 });
  owners = keys.map((key) => new ethers.Wallet(key, provider));
  keeper = new ethers.NonceManager(owners[0]);
});
after(() => {
  provider.destroy();
  node.stop();
});

const created = async ({ abi, bytecode }, ...args) => {
  const code = typeof bytecode === "object" ? bytecode.object : bytecode;
  const contract = await new ethers.ContractFactory(abi, code, keeper).deploy(...args);
  await contract.waitForDeployment();
  return contract;
};
const done = async (sent) => (await sent).wait();

test("a Safe 1.5 of two owners mints a work and is paid for it", async () => {
  const singleton = await created(safes("Safe.sol/Safe.json"));
  const factory = await created(safes("proxies/SafeProxyFactory.sol/SafeProxyFactory.json"));
  const handler = await created(safes("handler/CompatibilityFallbackHandler.sol/CompatibilityFallbackHandler.json"));
  const nobody = ethers.ZeroAddress;
  const members = owners.slice(0, 2).map((owner) => owner.address);
  const setup = [members, 2, nobody, "0x", await handler.getAddress(), nobody, 0, nobody];
  const initializer = singleton.interface.encodeFunctionData("setup", setup);
  const { logs } = await done(factory.createProxyWithNonce(await singleton.getAddress(), initializer, 7n));
  const proxy = logs.map((log) => factory.interface.parseLog(log)).find((log) => log?.name === "ProxyCreation");
  const safe = new ethers.Contract(proxy.args.proxy, safes("Safe.sol/Safe.json").abi, keeper);
  const address = await safe.getAddress();

  const { provenance, router } = node.start.contracts;
  const collection = new ethers.Contract(provenance, contracts.IProvenance.abi, provider);
  const payees = [{ account: address, share: 10_000, role: 0 }];
  const request = [address, ethers.toBeHex(1, 32), ethers.ZeroHash, 0, 0, 500, 0, "Ours", "0x", ethers.ZeroHash, [], payees];
  const data = collection.interface.encodeFunctionData("mint", [request]);
  const types = {
    SafeTx: ["address to", "uint256 value", "bytes data", "uint8 operation", "uint256 safeTxGas", "uint256 baseGas",
      "uint256 gasPrice", "address gasToken", "address refundReceiver", "uint256 nonce"].map((field) => {
      const [type, name] = field.split(" ");
      return { type, name };
    }),
  };
  const act = { to: provenance, value: 0, data, operation: 0, safeTxGas: 0, baseGas: 0, gasPrice: 0, gasToken: nobody,
    refundReceiver: nobody, nonce: 0 };
  const domain = { chainId: 412346, verifyingContract: address };
  const signing = [...owners.slice(0, 2)].sort((a, b) => (BigInt(a.address) < BigInt(b.address) ? -1 : 1));
  const signatures = ethers.concat(await Promise.all(signing.map((owner) => owner.signTypedData(domain, types, act))));
  const acted = [act.to, 0, data, 0, 0, 0, 0, nobody, nobody];
  const minted = await done(safe.execTransaction(...acted, signatures));
  assert.equal(minted.status, 1);
  const work = minted.logs
    .map((log) => log.address.toLowerCase() === provenance && collection.interface.parseLog(log))
    .find((log) => log?.name === "WorkMinted").args.tokenId;
  assert.equal(await collection.ownerOf(work), address);
  const graph = new ethers.Contract(router, contracts.IRouter.abi, keeper);
  await done(graph.pay(work, nobody, 900n, ethers.ZeroHash, { value: 900n }));
  await done(graph.claim(work, 0, nobody, 0));
  assert.equal(await provider.getBalance(address), 900n);
  const again = await safe.execTransaction.staticCall(...acted, signatures).catch((error) => error);
  assert.equal(again.reason, "GS026");
});

test("Uniswap's PoolManager 4 is created and a pool is opened in it", async () => {
  const manager = await created(artifact("@uniswap/v4-core/out/PoolManager.sol/PoolManager.json"), owners[0].address);
  const weth = "0x82aF49447D8a07e3bd95BD0d56f35241523fBab1";
  const key = { currency0: ethers.ZeroAddress, currency1: weth, fee: 3_000, tickSpacing: 60, hooks: ethers.ZeroAddress };
  const even = 2n ** 96n;
  const { logs } = await done(manager.initialize(key, even));
  const [opened] = logs.map((log) => manager.interface.parseLog(log));
  assert.equal(opened.name, "Initialize");
  assert.equal(opened.args.sqrtPriceX96, even);
  const twice = await manager.initialize.staticCall(key, even).catch((error) => error);
  assert.equal(twice.data.length, 10);
});
