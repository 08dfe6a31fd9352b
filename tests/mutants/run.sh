#!/usr/bin/env bash
# Breaks the money code in each of the ways kept here as patches, in a copy, and sees that the test each patch names fails.
# Usage: tests/mutants/run.sh [--some COUNT | NAME…]. About 25 minutes for all on 2 cores, 20 the second time; needs what
# scripts/test.sh has set up. --some takes as many, others with each commit, and sees that all still apply.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
tree=$root/target/mutants/tree
# Not the ordinary target folder: cargo takes the crates of two clones for the same.
export CARGO_TARGET_DIR=$root/target/mutants/build

fresh_copy() {
  rm -rf "$tree"
  mkdir -p "$tree/target" "$root/target/mutants/contracts"
  # With the time of now (-m): cargo takes what is older than its last build for unchanged.
  git archive HEAD | tar -x -m -f - -C "$tree"
  ln -s "$root/target/npm" "$tree/target/npm"
  ln -s "$root/target/mutants/contracts" "$tree/target/contracts"
}

build() {
  (cd "$tree" && cargo xtask wasm && cargo test --quiet --package lineage-tests --test e2e --no-run) >"$tree/target/log" 2>&1 ||
    { cat "$tree/target/log"; return 1; }
}

# Whether the test passes. Anything but one test that ran and passed or failed is an error of this script's.
passes() {
  local log
  log=$(cd "$tree" && cargo test --quiet --package lineage-tests --test e2e -- --exact "$1" 2>&1) && {
    case $log in *"1 passed"*) return 0 ;; esac
  }
  case $log in *"0 passed; 1 failed"*) return 1 ;; esac
  echo "$log"
  exit 1
}

all=($(cd tests/mutants && ls -- *.patch | sed 's/\.patch$//'))
case ${1:-} in
  "") set -- "${all[@]}" ;;
  --some)
    count=$2
    commit=$(git rev-parse HEAD)
    first=$((16#${commit:0:6}))
    set --
    for ((at = first; at < first + count; at++)); do
      set -- "$@" "${all[at % ${#all[@]}]}"
    done
    for name in "${all[@]}"; do
      git apply --check "tests/mutants/$name.patch" || { echo "$name no longer applies: make it anew"; exit 1; }
    done
    ;;
esac

echo "Building the code as it is (about 6 minutes the first time)"
fresh_copy
build
survivors=0
for name in "$@"; do
  patch_file=$root/tests/mutants/$name.patch
  test=$(sed -n 's/^Test: //p' "$patch_file")
  passes "$test" || { echo "$name: $test fails before anything is broken"; exit 1; }
done
for name in "$@"; do
  patch_file=$root/tests/mutants/$name.patch
  test=$(sed -n 's/^Test: //p' "$patch_file")
  (cd "$tree" && patch -s -p1 <"$patch_file")
  build
  if passes "$test"; then
    echo "$name: SURVIVES $test"
    survivors=$((survivors + 1))
  else
    echo "$name: caught by $test"
  fi
  (cd "$tree" && patch -s -R -p1 <"$patch_file")
done
rm -rf "$tree"
[ "$survivors" -eq 0 ] || { echo "$survivors ways to break the money code go unseen"; exit 1; }
