#!/usr/bin/env bash
# Builds what is missing and tells the story: works made, derived, paid for, and everyone upstream paid.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

setup

step "Building the programs to WASM (about 3 minutes the first time)"
cargo xtask wasm

step "Building the lineage command (about a minute the first time)"
cargo build --locked --quiet --package lineage

exec cargo run --locked --quiet --package lineage -- demo "$@"
