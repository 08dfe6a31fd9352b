#!/usr/bin/env bash
# Runs a million random programs, or as many as named, on the chain's engine and on V8, and compares what comes of them.
# Usage: scripts/engine.sh [PROGRAMS [FIRST]]. About an hour for a million on one core.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

setup

programs=${1:-1000000}
first=${2:-1}
step "Comparing $programs random programs with V8"
ENGINE_PROGRAMS=$programs ENGINE_SEED=$first cargo test --locked --release --package stylus-chain --test engine -- --nocapture random
