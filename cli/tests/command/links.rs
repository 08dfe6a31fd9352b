//! Links that lead somewhere: archives, nodes and pinning services.

use crate::Shell;
use record::cid::car;
use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Cursor};
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A node and a pinning service by Helia, in `tests/npm/ipfs.mjs`; it ends with the test.
struct Node {
    process: Child,
    address: String,
}

impl Node {
    fn start() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let script = fs::read_to_string(root.join("tests/npm/ipfs.mjs")).expect("checked in");
        let mut process = Command::new("node")
            .args(["--no-warnings", "--input-type=module", "--eval", &script])
            .current_dir(root.join("../target/npm"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs");
        let mut port = String::new();
        let mut said = BufReader::new(process.stdout.take().expect("a pipe"));
        said.read_line(&mut port).expect("a port");
        Self {
            process,
            address: format!("http://127.0.0.1:{}", port.trim()),
        }
    }

    /// What the node gives under an identifier.
    fn file(&self, cid: &str) -> Vec<u8> {
        let url = format!("{}/ipfs/{cid}", self.address);
        let mut answer = ureq::get(url).call().expect("the node has it");
        answer.body_mut().read_to_vec().expect("all of it")
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // Its input ends, and so does it.
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}

/// A file of this length, and its identifier.
fn patterned(shell: &Shell, name: &str, length: u32) -> (Vec<u8>, String) {
    let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
    shell.file(name, &bytes);
    let cid = shell.json(&format!("inspect {name}"))["cid"].clone();
    (bytes, cid.as_str().expect("an identifier").to_owned())
}

#[test]
fn file_that_was_pinned_is_what_the_node_gives_under_its_link() {
    let shell = Shell::new();
    let node = Node::start();
    // One block, and a tree of several.
    for length in [5, 3_500_000] {
        let name = format!("{length}.bin");
        let (bytes, cid) = patterned(&shell, &name, length);
        let minted = shell.json(&format!("mint {name} --pin {} --yes", node.address));
        assert_eq!(minted["pinned_at"], node.address.as_str());
        assert!(node.file(&cid) == bytes, "{length} bytes");
    }
    shell.picture("automatic1111_cropped.png", "duck.png");
    shell.done(&format!(
        "mint duck.png --strip --pin {}/api/v0/ --yes",
        node.address
    ));
    let cid = shell.json("inspect duck.clean.png")["cid"].clone();
    let copy = fs::read(shell.path("duck.clean.png")).expect("a copy");
    assert_eq!(node.file(cid.as_str().expect("an identifier")), copy);
}

#[test]
fn nothing_is_sent_where_the_file_cannot_be_pinned() {
    let shell = Shell::new();
    let node = Node::start();
    let (_, cid) = patterned(&shell, "a.bin", 2_000_000);
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let nobody = free.local_addr().expect("its address");
    drop(free);
    let address = &node.address;
    for (at, said) in [
        (format!("http://{nobody}"), "nothing could be uploaded"),
        (
            format!("{address}/full/api/v0"),
            "it says 500 Internal Server Error: no space left in the repository",
        ),
        (format!("{address}/other/api/v0"), "404 page not found"),
        (
            format!("{address}/psa/pins"),
            "put it into the environment variable LINEAGE_PIN_TOKEN",
        ),
    ] {
        let complaint = shell.refused(&format!("mint a.bin --pin {at} --yes"));
        assert!(
            complaint.contains("does not pin the file, and nothing was sent to the chain"),
            "{complaint}"
        );
        assert!(complaint.contains(said), "{complaint}");
    }
    for (token, said) in [
        (
            "wrong",
            "it says 401 Unauthorized UNAUTHORIZED: the token is wrong",
        ),
        ("secret", "it failed: nobody in the network has it"),
    ] {
        let typed = format!("mint a.bin --pin {address}/psa/pins --yes");
        let output = shell
            .command(&typed)
            .env("LINEAGE_PIN_TOKEN", token)
            .output()
            .expect("it starts");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(complaint.contains(said), "{complaint}");
        assert_eq!(output.status.code(), Some(1));
    }
    assert_eq!(shell.json("show")["works"], serde_json::json!([]));
    assert_eq!(shell.names(), [".lineage", "a.bin"]);

    // A service finds what a node has.
    shell.file("b.bin", b"other");
    shell.done(&format!("mint b.bin --pin {address} --yes"));
    shell.done(&format!("mint a.bin --pin {address} --from bob --yes"));
    fs::remove_file(shell.path("a.bin.lineage.json")).expect("bob's");
    let typed = format!("mint a.bin --pin {address}/psa/pins --yes");
    let output = shell
        .command(&typed)
        .env("LINEAGE_PIN_TOKEN", "secret")
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        said.contains(&format!("\n  pinned at {address}/psa/pins\n")),
        "{said}"
    );
    assert_eq!(node.file(&cid).len(), 2_000_000);
}

#[test]
fn token_is_not_sent_where_others_can_read_it() {
    let shell = Shell::new();
    shell.file("a.txt", "a poem");
    for host in ["203.0.113.7", "127.0.0.1.example.com"] {
        let mut command = shell.command(&format!("mint a.txt --pin http://{host}:5001 --yes"));
        let command = command.env("LINEAGE_PIN_TOKEN", "secret");
        let output = command.output().expect("it starts");
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            complaint.contains("use its https address") && !complaint.contains("secret"),
            "{complaint}"
        );
    }
}

#[test]
fn archive_has_the_recorded_identifier_as_its_root() {
    let shell = Shell::new();
    let (bytes, cid) = patterned(&shell, "a.bin", 2_000_000);
    let minted = shell.json("mint a.bin --car a.car --yes");
    assert_eq!(minted["archive"], "a.car");
    let mut expected = Vec::new();
    let root = car::write(&mut Cursor::new(&bytes), &mut expected).expect("written");
    assert_eq!(root.to_string(), cid);
    assert!(fs::read(shell.path("a.car")).expect("an archive") == expected);
    // It is used again, and what is something else stays.
    fs::remove_file(shell.path("a.bin.lineage.json")).expect("alice's");
    shell.done("mint a.bin --car a.car --from bob --yes");
    fs::remove_file(shell.path("a.bin.lineage.json")).expect("bob's");
    for other in [
        &expected[..expected.len() - 1],
        &[&expected[..], &[0]].concat(),
        b"mine",
        b"",
    ] {
        shell.file("a.car", other);
        let complaint = shell.refused("mint a.bin --car a.car --from carol --yes");
        assert!(
            complaint.contains("a.car is there already and holds something else"),
            "{complaint}"
        );
        assert!(fs::read(shell.path("a.car")).expect("there") == other);
    }
    for name in ["a.bin", "a.bin.lineage.json"] {
        let said =
            format!("{name} is a file of this mint itself: name another one for the archive");
        assert_eq!(
            shell.refused(&format!("mint a.bin --car {name} --from carol --yes")),
            said
        );
    }
    assert!(File::open(shell.path("a.bin.lineage.json")).is_err());
}

#[test]
fn archive_in_no_folder_is_refused_before_anything_is_written() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    for (car, said) in [
        (
            "out/duck.car",
            "there is no folder out: make it, and type this again",
        ),
        (".", ". is a folder: name a file in it"),
        (
            "duck.clean.png",
            "duck.clean.png is a file of this mint itself: name another one for the archive",
        ),
    ] {
        let typed = format!("mint duck.png --strip --car {car}");
        assert_eq!(shell.refused(&format!("{typed} --yes")), said);
        #[cfg(unix)]
        assert_eq!(shell.ask(&typed).shown(), format!("error: {said}\n"));
        assert_eq!(shell.names(), ["duck.png"]);
    }
    std::fs::create_dir(shell.path("out")).expect("a folder");
    shell.done("mint duck.png --strip --car out/duck.car --yes");
}

#[test]
fn identifier_of_another_file_is_no_link() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    let own = "bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday";
    // It is that of the original, which discloses what the copy does not.
    let copy = "bafkreigepxmumxaa5gqmroc6t2sy2mbuudjdxhhzeyitmaxtiydvfjhlsy";
    assert_eq!(
        shell.refused(&format!("mint duck.png --strip --uri ipfs://{own} --yes")),
        format!(
            "--uri is the CID of another file than the one that is minted: leave it out, and its own is recorded, {copy}"
        )
    );
    assert_eq!(shell.names(), ["duck.png"]);
    shell.done(&format!("mint duck.png --uri ipfs://{own} --yes"));
}
