// What every tool's file uses: nodes that run while it does, and the contract they all use.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { spawn, execFile } = require("node:child_process");
const readline = require("node:readline");

const root = path.resolve(__dirname, "../..");
const packages = path.join(root, "target/tools-at-the-node/node_modules");
const solc = require(path.join(root, "target/npm/node_modules/solc"));

/// A package of the tools.
const tool = (name) => require(require.resolve(name, { paths: [packages] }));
/// A program of foundry's. The one that npm would start for it forgets with what it ended.
const program = (name) => {
  const platform = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  return require.resolve(`@foundry-rs/${name}-${platform}/bin/${name}`, { paths: [packages] });
};

function started(command, flags, ready) {
  const child = spawn(command, flags, { stdio: ["ignore", "pipe", "inherit"] });
  const lines = readline.createInterface({ input: child.stdout });
  const node = { child, said: [], stop: () => child.kill("SIGINT") };
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${command} ended with ${code}`)));
    lines.on("line", (line) => {
      node.said.push(line);
      const url = node.url === undefined ? ready(line, node) : undefined;
      if (url !== undefined) {
        node.url = url;
        node.socket = url.replace("http:", "ws:");
        resolve(node);
      }
    });
  });
}

/// Our node, with Lineage on it. NODE_COMMAND names another binary than the one the tests build.
function lineage(flags = []) {
  const command = process.env.NODE_COMMAND ?? path.join(root, "target/debug/lineage");
  return started(command, ["node", "--port", "0", "--json", ...flags], (line, node) => {
    node.start = JSON.parse(line);
    return node.start.url;
  });
}

/// Anvil, as its authors publish it.
function anvil(flags = []) {
  return started(program("anvil"), ["--port", "0", ...flags], (line) => {
    const address = /^Listening on (.*)$/.exec(line)?.[1];
    return address && `http://${address}`;
  });
}

/// Asks a node for one thing, past all tools.
async function ask(node, method, params = []) {
  const response = await fetch(node.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return response.json();
}

/// Runs a program to its end; answers what it printed, and with what it ended.
function run(command, args, options = {}) {
  return new Promise((resolve) => {
    execFile(command, args, { timeout: 120_000, ...options }, (error, out, complaint) => {
      resolve({ code: error ? (error.code ?? error.signal) : 0, out: out.trim(), complaint: complaint.trim() });
    });
  });
}

function compiled() {
  const settings = {
    evmVersion: "cancun",
    metadata: { bytecodeHash: "none" },
    optimizer: { enabled: true, runs: 200 },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
  };
  const content = fs.readFileSync(path.join(__dirname, "Shop.sol"), "utf8");
  const sources = { "Shop.sol": { content } };
  for (const name of fs.readdirSync(path.join(root, "contracts/interfaces"))) {
    sources[name] = { content: fs.readFileSync(path.join(root, "contracts/interfaces", name), "utf8") };
  }
  const result = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
  const errors = (result.errors ?? []).filter((error) => error.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
  const contracts = {};
  for (const [name, { abi, evm }] of Object.values(result.contracts).flatMap(Object.entries)) {
    contracts[name] = { abi, bytecode: `0x${evm.bytecode.object}` };
  }
  return contracts;
}

/// Shop, and the interfaces of Lineage's contracts.
const contracts = compiled();

/// The first keys of the phrase that development chains share.
const keys = [
  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
];

module.exports = { anvil, ask, contracts, keys, lineage, program, root, run, tool };
