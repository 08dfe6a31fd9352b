// A project as hardhat's toolbox sets one up, but that its network is the node at NODE_URL and its compiler the one that is here.
"use strict";
const path = require("node:path");
const { subtask } = require("hardhat/config");
const { TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD } = require("hardhat/builtin-tasks/task-names");
require("@nomicfoundation/hardhat-toolbox");

const solc = process.env.SOLC;
subtask(TASK_COMPILE_SOLIDITY_GET_SOLC_BUILD, async () => ({
  compilerPath: path.join(solc, "soljson.js"),
  isSolcJs: true,
  version: require(path.join(solc, "package.json")).version,
  longVersion: require(path.join(solc, "package.json")).version,
}));

module.exports = {
  solidity: { version: require(path.join(solc, "package.json")).version, settings: { evmVersion: "cancun" } },
  defaultNetwork: "node",
  networks: { node: { url: process.env.NODE_URL, chainId: 412346, accounts: "remote" } },
  paths: { sources: "./sources", tests: "./test", cache: "./cache", artifacts: "./artifacts" },
};
