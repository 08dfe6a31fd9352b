#!/usr/bin/env bash
# Runs the named cargo-deny checks on every workspace; cargo-deny is built under target/tools where it is missing.
set -euo pipefail
cd "$(dirname "$0")/.."

version=0.20.2
deny=target/tools/bin/cargo-deny

usable() { [ "$("$1" --version 2>/dev/null)" = "cargo-deny $version" ]; }

if usable cargo-deny; then
    deny=cargo-deny
elif ! usable "$deny"; then
    echo "Building cargo-deny $version, unoptimised, which is quick enough (about 3 minutes)"
    cargo install --quiet --locked --debug --root target/tools --target-dir target/tools/build "cargo-deny@$version"
    rm -rf target/tools/build
fi
for manifest in Cargo.toml contracts/Cargo.toml record/js/Cargo.toml; do
    "$deny" --manifest-path "$manifest" --config deny.toml check "$@"
done
