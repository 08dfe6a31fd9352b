#!/usr/bin/env bash
# Tests stylus-chain from outside of the workspace, with the versions that the workspace has locked.
set -euo pipefail
cd "$(dirname "$0")"
cp ../../Cargo.lock Cargo.lock
exec cargo test --target-dir ../../target/outside "$@"
