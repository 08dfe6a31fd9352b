#!/usr/bin/env bash
# Builds every program again from a clone in another folder, with another cargo home, one by one in reverse order, and
# fails when a byte differs from what target/programs holds. Needs `cargo xtask wasm` to have run, and all committed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/setup.sh

here=$PWD
[ -z "$(git status --porcelain -- contracts scripts rust-toolchain.toml)" ] ||
    fail "contracts/ or scripts/ have changes that a clone would not have: commit them first"

elsewhere=$(mktemp -d)
trap 'rm -rf "$elsewhere"' EXIT
git clone --quiet . "$elsewhere/a clone"
cd "$elsewhere/a clone"
export CARGO_HOME=$elsewhere/cargo

names=
for wasm in "$here"/target/programs/*.wasm; do
    names="$(basename "$wasm" .wasm) $names"
done
for name in $names; do
    "$here/target/debug/xtask" wasm --program "$name"
    for kind in wasm code; do
        cmp "$here/target/programs/$name.$kind" "target/programs/$name.$kind" ||
            fail "$name.$kind depends on where or with what it is built"
    done
done
printf 'The same bytes: %s\n' "$names"
