#!/usr/bin/env bash
# Runs tools as their authors publish them against the node: cast, viem, ethers; and the node beside anvil. About half a minute
# after the tools are installed. Needs what scripts/test.sh builds: target/debug/lineage, and solc under target/npm.
set -euo pipefail
cd "$(dirname "$0")"

folder=../../target/tools-at-the-node
if ! cmp -s package-lock.json "$folder/package-lock.json"; then
    echo "Installing the tools (about half a minute)"
    rm -rf "$folder"
    mkdir -p "$folder"
    cp package.json package-lock.json "$folder"
    (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel error) || { rm -rf "$folder"; exit 1; }
fi
[ "${1:-}" != --install ] || exit 0
exec node --test --test-timeout=60000 --test-force-exit "$@" ./*.test.cjs
