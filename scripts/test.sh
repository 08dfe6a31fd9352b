#!/usr/bin/env bash
# Sets up what is missing and passes every check and test but the slow ones of .ci/run: about 20 minutes on a
# machine with two cores and an empty cargo cache, about three minutes after that.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

setup

step "Building the programs to WASM (about 3 minutes the first time)"
cargo xtask wasm

step "Checking formatting and clippy"
cargo xtask lint

step "Comparing sizes and entry costs with tests/snapshots/size.json, and with the budgets (a second)"
cargo xtask size --check

step "Testing the rules natively (about a minute the first time)"
cargo test --locked --quiet --manifest-path contracts/Cargo.toml --target-dir target/logic --package logic

step "Testing the chain, the tools, and the programs on the chain (about 10 minutes the first time)"
cargo test --locked --workspace
