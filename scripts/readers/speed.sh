#!/usr/bin/env bash
# Times lineage beside sd-parsers over 1,000 pictures, and its hashing beside sha256sum over 1 GiB; prints the ratios, and the
# memory that hashing 4 GiB takes.
# Usage: scripts/readers/speed.sh [debug]. A release build and some minutes, on a machine that does nothing else; `debug`
# takes the debug build, whose figures tell nothing. Nothing passes or fails: the figures are for people.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/setup.sh
. scripts/readers/python.sh

step "Building the command"
if [ "${1-}" = debug ]; then
    cargo build --locked --quiet --package lineage
    lineage=target/debug/lineage
else
    cargo build --locked --quiet --package lineage --release
    lineage=target/release/lineage
fi

step "Making 1,000 pictures and a file of 1 GiB"
$python scripts/readers/speed.py make

step "Timing, the best of three each"
$python scripts/readers/speed.py $lineage
