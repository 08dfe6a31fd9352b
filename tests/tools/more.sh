#!/usr/bin/env bash
# Runs the tools that are heavy to install against the node: hardhat's toolbox, web3.py, Seaport and Ponder. About seven minutes the first
# time, a minute after that. Needs what run.sh needs, and python 3.10 or later. Names of tools run those alone.
set -euo pipefail
cd "$(dirname "$0")"
target=$(cd ../.. && pwd)/target

./run.sh --install
for project in hardhat ponder seaport; do
    folder=$target/$project-at-the-node
    if ! cmp -s "$project/package-lock.json" "$folder/package-lock.json"; then
        echo "Installing $project"
        rm -rf "$folder"
        mkdir -p "$folder"
        cp "$project"/package*.json "$folder"
        (cd "$folder" && npm ci --no-audit --no-fund --ignore-scripts --loglevel error) || { rm -rf "$folder"; exit 1; }
    fi
    cp -R "$project"/. "$folder"
done
if ! "$target/web3-at-the-node/bin/python" -c 'import web3; assert web3.__version__ == "8.0.0"' 2>/dev/null; then
    echo "Installing web3.py"
    python3 -m venv --clear "$target/web3-at-the-node"
    "$target/web3-at-the-node/bin/pip" install --quiet --disable-pip-version-check web3==8.0.0
fi
exec node more.cjs "$@"
