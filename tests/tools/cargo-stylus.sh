#!/usr/bin/env bash
# Runs cargo-stylus as crates.io has it against a fresh node, as on a chain: check, deploy with and without a constructor, activate, the
# cache, trace, simulate. Building it takes about ten minutes the first time. Needs what run.sh needs.
set -euo pipefail
cd "$(dirname "$0")/../.."
version=0.10.10
target=$PWD/target
tool=$target/tools/bin/cargo-stylus
cast=$target/tools-at-the-node/node_modules/.bin/cast
key=0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80

tests/tools/run.sh --install
if [ "$("$tool" stylus --version 2>/dev/null)" != "stylus $version" ]; then
    echo "Building cargo-stylus $version (about ten minutes)"
    cargo install --quiet --locked --debug --root "$target/tools" --target-dir "$target/tools/build" "cargo-stylus@$version"
    rm -rf "$target/tools/build"
fi

folder=$(mktemp -d)
trap 'kill "$node" 2>/dev/null; rm -rf "$folder"' EXIT
"${NODE_COMMAND:-$target/debug/lineage}" node --bare --port 0 --json >"$folder/log" &
node=$!
until [ -s "$folder/log" ]; do sleep 0.1; done
url=$(sed -n 's/.*"url":"\([^"]*\)".*/\1/p;q' "$folder/log")

cp -R tests/tools/kept rust-toolchain.toml "$folder"
mv "$folder/rust-toolchain.toml" "$folder/kept"
cd "$folder/kept"

# Keeps what is said, and prints it, without colours.
heard() { sed 's/\x1b\[[0-9;]*m//g' | tee "$folder/said"; }
# Runs a command of cargo-stylus, which must end well.
stylus() { "$tool" stylus "$@" --endpoint "$url" 2>&1 | heard; }
# What was said last must have this in it.
says() { grep -q -- "$1" "$folder/said" || { echo "error: it does not say: $1" >&2; exit 1; }; }

echo "== check"
stylus check
says "wasm data fee"
echo "== deploy of a bare WASM"
stylus deploy --wasm-file "$target/programs/licensing.wasm" --private-key "$key" --no-verify
says "successfully activated contract"
echo "== deploy with a constructor, whose arguments take all that follows"
"$tool" stylus deploy --endpoint "$url" --private-key "$key" --no-verify --constructor-args 77 2>&1 | heard
kept=$(sed -n 's/.*deployed code at address: \(0x[0-9a-f]*\).*/\1/p' "$folder/said")
[ "$("$cast" call "$kept" 'number()(uint256)' --rpc-url "$url")" = 77 ] || { echo "error: the constructor has not run" >&2; exit 1; }
echo "== activate, a second time"
stylus activate --address "$kept" --private-key "$key" && exit 1
says "ProgramUpToDate"
echo "== cache"
stylus cache suggest-bid "$kept"
says "0 wei"
stylus cache status --address "$kept"
says "is not yet cached"
stylus cache bid "$kept" 0 --private-key "$key"
says "Successfully cached"
stylus cache status --address "$kept"
says "is cached"
echo "== trace and simulate"
sent=$("$cast" send "$kept" 'number()' --private-key "$key" --rpc-url "$url" --json)
hash=$(printf '%s' "$sent" | sed -n 's/.*"transactionHash":"\([^"]*\)".*/\1/p')
stylus trace --tx "$hash" >/dev/null
says '"name":"user_entrypoint"'
says '"name":"storage_load_bytes32"'
cp "$folder/said" "$folder/by-script"
stylus trace --tx "$hash" --use-native-tracer >/dev/null
cmp "$folder/said" "$folder/by-script"
stylus simulate --to "$kept" --data 0x01020304 >/dev/null
says '"name":"user_entrypoint"'
echo "cargo-stylus $version: all as expected"
