#!/usr/bin/env bash
# Builds the reader for browsers and compares its answers, under node, with those of the native one: on every fixture, and on every
# sample of the record's tests. About 5 minutes the first time.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

setup

step "Building the reader for browsers (about 5 minutes the first time)"
cargo xtask browser

step "Checking its JavaScript interface with clippy"
cargo clippy --quiet --locked --package lineage-record --manifest-path record/js/Cargo.toml \
    --target wasm32-unknown-unknown --target-dir target/lint -- --deny warnings

step "Keeping the samples of the record's tests"
rm -rf target/samples
mkdir -p target/samples
export SAMPLES="$PWD/target/samples"
cargo test --locked --quiet --workspace --test dialects --test pictures --test media

step "Comparing the answers"
cargo test --locked --workspace --test browser -- --include-ignored
