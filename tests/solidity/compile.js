// Compiles the tests' contracts, and the interfaces for their ABI, with the solc that `cargo xtask npm` installed.
// Usage: node compile.js <fingerprint> <output file>. The fingerprint is written into the output as it stands.
"use strict";
const fs = require("node:fs");
const path = require("node:path");

const root = path.resolve(__dirname, "../..");
const solc = require(path.join(root, "target/npm/node_modules/solc"));
const [fingerprint, output] = process.argv.slice(2);

const sources = {};
for (const folder of ["tests/solidity", "contracts/interfaces"]) {
  for (const name of fs.readdirSync(path.join(root, folder)).sort()) {
    if (name.endsWith(".sol")) {
      sources[`${folder}/${name}`] = { content: fs.readFileSync(path.join(root, folder, name), "utf8") };
    }
  }
}
const settings = {
  evmVersion: "cancun",
  metadata: { bytecodeHash: "none" },
  optimizer: { enabled: true, runs: 200 },
  outputSelection: { "*": { "*": ["abi", "evm.bytecode.object"] } },
};
const result = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
const errors = (result.errors ?? []).filter((error) => error.severity === "error");
if (errors.length > 0) {
  process.stderr.write(errors.map((error) => error.formattedMessage).join("\n"));
  process.exit(1);
}
const contracts = {};
for (const file of Object.values(result.contracts)) {
  for (const [name, contract] of Object.entries(file)) {
    contracts[name] = { abi: contract.abi, bytecode: contract.evm.bytecode.object };
  }
}
// Renamed into place, so that two test runs at once never read half a file.
const half = `${output}.${process.pid}`;
fs.mkdirSync(path.dirname(output), { recursive: true });
fs.writeFileSync(half, JSON.stringify({ fingerprint, contracts }));
fs.renameSync(half, output);
