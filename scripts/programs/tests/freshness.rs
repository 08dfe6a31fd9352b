//! A program is handed out only while its artefacts match its sources.

use programs::{Artefact, Unusable, embed, fingerprint, load, path, sources};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn put(root: &Path, file: &str, contents: &str) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, contents).unwrap();
}

/// A repository with the program `router`, not built.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in [
        ".cargo/config.toml",
        "Cargo.lock",
        "contracts/Cargo.toml",
        "contracts/Cargo.lock",
        "contracts/interfaces/IRouter.sol",
        "contracts/logic/src/lib.rs",
        "contracts/logic/tests/shares.rs",
        "contracts/shell/src/lib.rs",
        "contracts/router/Cargo.toml",
        "contracts/router/src/lib.rs",
        "contracts/renderer/src/lib.rs",
        "node/chain/src/wasm/code.rs",
        "rust-toolchain.toml",
        "scripts/npm/package-lock.json",
        "scripts/xtask/src/run.rs",
        "scripts/xtask/src/wasm/mod.rs",
    ] {
        put(folder.path(), file, file);
    }
    folder
}

fn build(root: &Path) {
    put(root, "target/programs/router.wasm", "module");
    put(root, "target/programs/router.code", "code");
    let hash = fingerprint(root, "router").unwrap();
    put(root, "target/programs/router.hash", &format!("{hash}\n"));
}

#[test]
fn program_is_loaded_when_built_from_the_present_sources() {
    let repository = repository();
    build(repository.path());
    let program = load(repository.path(), "router").unwrap();
    assert_eq!(
        (program.wasm.as_slice(), program.code.as_slice()),
        (&b"module"[..], &b"code"[..])
    );
}

#[test]
fn program_is_stale_when_any_of_its_sources_changes_appears_or_goes() {
    let repository = repository();
    let root = repository.path();
    build(root);
    for source in sources(root, "router").unwrap() {
        let contents = fs::read(root.join(&source)).unwrap();
        fs::write(root.join(&source), "changed").unwrap();
        assert!(
            matches!(load(root, "router"), Err(Unusable::Stale { .. })),
            "{source:?} changed"
        );
        fs::write(root.join(&source), contents).unwrap();
        load(root, "router").unwrap();
    }
    put(root, "contracts/shell/src/more.rs", "");
    assert!(matches!(load(root, "router"), Err(Unusable::Stale { .. })));
    fs::remove_file(root.join("contracts/shell/src/more.rs")).unwrap();
    fs::remove_file(root.join("contracts/interfaces/IRouter.sol")).unwrap();
    assert!(matches!(load(root, "router"), Err(Unusable::Stale { .. })));
}

#[test]
fn program_is_stale_when_what_builds_and_packs_it_changes() {
    let repository = repository();
    let root = repository.path();
    build(root);
    for tool in [
        ".cargo/config.toml",
        "Cargo.lock",
        "node/chain/src/wasm/code.rs",
        "scripts/xtask/src/run.rs",
        "scripts/xtask/src/wasm/mod.rs",
    ] {
        put(root, tool, "changed");
        assert!(
            matches!(load(root, "router"), Err(Unusable::Stale { .. })),
            "{tool} changed"
        );
        put(root, tool, tool);
    }
}

#[test]
fn program_stays_fresh_when_another_program_or_a_native_test_changes() {
    let repository = repository();
    build(repository.path());
    put(
        repository.path(),
        "contracts/renderer/src/lib.rs",
        "changed",
    );
    put(
        repository.path(),
        "contracts/logic/tests/shares.rs",
        "changed",
    );
    put(
        repository.path(),
        "contracts/router/src/.lib.rs.swp",
        "an editor's own",
    );
    load(repository.path(), "router").unwrap();
}

#[test]
fn fingerprint_changes_when_bytes_move_from_a_name_to_its_contents() {
    let repository = repository();
    let root = repository.path();
    put(root, "contracts/router/src/a", "bc");
    let one = fingerprint(root, "router").unwrap();
    fs::remove_file(root.join("contracts/router/src/a")).unwrap();
    put(root, "contracts/router/src/ab", "c");
    assert_ne!(one, fingerprint(root, "router").unwrap());
}

#[test]
fn errors_name_the_program_and_the_command_to_run() {
    let repository = repository();
    let missing = load(repository.path(), "router").unwrap_err().to_string();
    assert_eq!(
        missing,
        "the program `router` is not built: run `cargo xtask wasm`"
    );
    build(repository.path());
    put(repository.path(), "contracts/router/src/lib.rs", "changed");
    let stale = load(repository.path(), "router").unwrap_err().to_string();
    assert!(
        stale.starts_with("the WASM of `router` is stale"),
        "{stale}"
    );
    assert!(stale.ends_with("run `cargo xtask wasm`"), "{stale}");
}

#[test]
fn embed_refuses_a_stale_program_and_copies_a_fresh_one() {
    let repository = repository();
    let root = repository.path();
    let out = tempfile::tempdir().unwrap();
    build(root);
    embed(root, &["router"], out.path()).unwrap();
    assert_eq!(fs::read(out.path().join("router.code")).unwrap(), b"code");
    put(root, "contracts/Cargo.lock", "changed");
    assert!(matches!(
        embed(root, &["router"], out.path()),
        Err(Unusable::Stale { .. })
    ));
    assert!(path(root, "router", Artefact::Hash).ends_with("target/programs/router.hash"));
}
