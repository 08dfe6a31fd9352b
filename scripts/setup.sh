# Sourced by the other scripts: says what is done, checks what the machine must have, installs what it may.
# Works with the bash 3.2 of macOS.

# They go before rust-toolchain.toml, or put what is built where nobody looks for it.
unset RUSTUP_TOOLCHAIN RUSTC CARGO_TARGET_DIR CARGO_BUILD_TARGET_DIR CARGO_BUILD_TARGET

toolchain=$(sed -n 's/^channel = "\(.*\)"$/\1/p' rust-toolchain.toml)

step() { printf '\n== %s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
has() { command -v "$1" >/dev/null 2>&1; }

# On macOS `cc` exists without the tools behind it, so the compiler is tried.
check_c_compiler() {
    local folder
    folder=$(mktemp -d)
    echo 'int main(void) { return 0; }' >"$folder/try.c"
    if ! cc -o "$folder/try" "$folder/try.c" >/dev/null 2>&1; then
        rm -rf "$folder"
        fail "no working C compiler (cc): on Debian or Ubuntu 'sudo apt-get install build-essential', on Fedora 'sudo dnf install gcc', on macOS 'xcode-select --install'"
    fi
    rm -rf "$folder"
}

check_node() {
    local get="get version 20 or later from https://nodejs.org or your system's packages"
    has node || fail "node is missing: $get"
    has npm || fail "npm is missing, though node is there: $get"
    local major
    major=$(node -p 'process.versions.node.split(".")[0]')
    [ "$major" -ge 20 ] || fail "node is version $(node --version), 20 or later is needed: $get"
}

toolchain_is_whole() {
    local lib
    lib=$(rustup run "$toolchain" rustc --print sysroot 2>/dev/null)/lib/rustlib || return 1
    [ -d "$lib/wasm32-unknown-unknown/lib" ] && [ -d "$lib/src/rust/library" ] &&
        rustup run "$toolchain" cargo-clippy --version >/dev/null 2>&1 &&
        rustup run "$toolchain" rustfmt --version >/dev/null 2>&1
}

# A cargo that is not rustup's, or that is told otherwise, does not heed rust-toolchain.toml.
check_rust() {
    local tool found
    for tool in cargo rustc; do
        has "$tool" || fail "$tool is missing, though rustup is there: put rustup's folder, ~/.cargo/bin as a rule, first in PATH"
        found=$("$tool" --version 2>/dev/null) || found="broken"
        case $found in
        "$tool $toolchain "*) ;;
        *) fail "$(command -v "$tool") is $found, $toolchain is needed: put rustup's folder, ~/.cargo/bin as a rule, first in PATH; 'rustup show' tells of an override" ;;
        esac
    done
}

setup() {
    step "Checking rustup, a C compiler and node (a second)"
    has rustup || fail "rustup is missing: get it from https://rustup.rs, then open a new shell"
    check_c_compiler
    check_node
    if ! toolchain_is_whole; then
        step "Installing Rust $toolchain with its WASM target (about a minute)"
        rustup toolchain install "$toolchain" --no-self-update --profile minimal \
            -c rustfmt,clippy,rust-src -t wasm32-unknown-unknown
    fi
    check_rust
    step "Building xtask, and the chain it measures with (about 2 minutes the first time)"
    cargo build --locked --package xtask
    cargo xtask npm
}
