#!/usr/bin/env bash
# Prints what calls, estimates, transfers, snapshots and reads of old blocks cost with a thousand, a hundred thousand and a
# million accounts, and the memory of a block. About five minutes, most of it building, and 1.5 GB of memory.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

setup

step "Measuring the chain over small and large states"
cargo bench --locked --workspace --bench state
