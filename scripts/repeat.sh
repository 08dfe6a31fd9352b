#!/usr/bin/env bash
# Builds every program again from a clone in another folder, with another cargo home, on what cargo takes for another
# system, one by one in reverse order, and fails when a byte differs from what target/programs holds. Needs
# `cargo xtask wasm` to have run, and all committed.
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

# A compiler that gives itself out for another system's: cargo then builds the macros under other names, and with the
# crates that only the other system's need. What it compiles still runs here.
compiler=$(rustup which --toolchain "$toolchain" rustc)
system=aarch64-apple-darwin
[ "$("$compiler" -vV | sed -n 's/^host: //p')" != "$system" ] || system=aarch64-unknown-linux-gnu
mkdir "$elsewhere/bin"
cat >"$elsewhere/bin/rustc" <<END
#!/usr/bin/env bash
set -euo pipefail
case "\$*" in
-vV) "$compiler" -vV | sed 's/^host: .*/host: $system/' ;;
*--target*) exec "$compiler" "\$@" ;;
*--print=cfg*) "$compiler" "\$@" && printf '%s\n' 'target_arch="aarch64"' 'target_os="macos"' 'target_vendor="apple"' ;;
*) exec "$compiler" "\$@" ;;
esac
END
chmod +x "$elsewhere/bin/rustc"
export PATH=$elsewhere/bin:$PATH

names=
for wasm in "$here"/target/programs/*.wasm; do
    names="$(basename "$wasm" .wasm) $names"
done
for name in $names; do
    "$here/target/debug/xtask" wasm --program "$name"
    for kind in wasm code; do
        cmp "$here/target/programs/$name.$kind" "target/programs/$name.$kind" ||
            fail "$name.$kind depends on where, on what or with what it is built"
    done
done
printf 'The same bytes: %s\n' "$names"
