// Compiles Seaport 1.6 from its published sources, with the compiler and settings of its authors, to the file that is named.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const solc = require("solc");

const read = (name) => fs.readFileSync(path.join(__dirname, "node_modules", name), "utf8");
const sources = {};
for (const name of ["seaport-core/src/Seaport.sol", "seaport-core/src/conduit/ConduitController.sol"]) {
  sources[name] = { content: read(name) };
}
const settings = {
  viaIR: true,
  evmVersion: "cancun",
  optimizer: { enabled: true, runs: 4_294_967_295 },
  outputSelection: { "*": { Seaport: ["abi", "evm.bytecode.object"], ConduitController: ["abi", "evm.bytecode.object"] } },
};
const input = JSON.stringify({ language: "Solidity", sources, settings });
const result = JSON.parse(solc.compile(input, { import: (name) => ({ contents: read(name) }) }));
const errors = (result.errors ?? []).filter((error) => error.severity === "error");
if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
const compiled = {};
for (const [name, { abi, evm }] of Object.values(result.contracts).flatMap(Object.entries)) {
  compiled[name] = { abi, bytecode: `0x${evm.bytecode.object}` };
}
const output = process.argv[2];
fs.writeFileSync(`${output}.half`, JSON.stringify(compiled));
fs.renameSync(`${output}.half`, output);
