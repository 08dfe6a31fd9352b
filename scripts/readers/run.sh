#!/usr/bin/env bash
# Reads the fixtures with the usual readers too, and compares what is said with the differences in docs/readers.md.
# Usage: scripts/readers/run.sh. About two minutes; needs python3, exiftool, and what scripts/test.sh has set up.
set -euo pipefail
cd "$(dirname "$0")/../.."
. scripts/setup.sh

has exiftool ||
    fail "exiftool is missing: on Debian or Ubuntu 'sudo apt-get install libimage-exiftool-perl', elsewhere see https://exiftool.org"
. scripts/readers/python.sh

step "Comparing the steps that sd-parsers takes with those that lineage takes"
cargo build --locked --quiet --package lineage
$python scripts/readers/steps.py

step "Comparing the texts that exiftool, mutagen, safetensors and gguf find with those that lineage finds"
$python scripts/readers/texts.py

step "Comparing what c2pa-python says of Content Credentials with what lineage says"
$python scripts/readers/credentials.py
