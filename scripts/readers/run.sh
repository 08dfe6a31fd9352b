#!/usr/bin/env bash
# Reads every sample with another reader too, and compares what is said with the differences in docs/readers.md.
# Usage: scripts/readers/run.sh. About two minutes; needs python3, and what scripts/test.sh has set up.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/setup.sh

venv=target/readers
step "Installing sd-parsers 0.6.0 and c2pa-python 0.38.1"
[ -x $venv/bin/python ] || python3 -m venv $venv
$venv/bin/pip install --quiet --disable-pip-version-check sd-parsers==0.6.0 c2pa-python==0.38.1

step "Comparing what it reads with what lineage reads"
cargo build --locked --quiet --package lineage
$venv/bin/python scripts/readers/compare.py

step "Comparing Content Credentials"
$venv/bin/python scripts/readers/credentials.py
