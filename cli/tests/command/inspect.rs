//! `lineage inspect`.

use crate::{Shell, text};
use serde_json::{Value, json};

/// A PNG with a text chunk, of whatever bytes.
pub(crate) fn picture(keyword: &str, says: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, 1);
    let chunk = encoder.add_itxt_chunk(keyword.to_owned(), says.to_owned());
    chunk.expect("a text");
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&[0]).expect("a pixel");
    writer.finish().expect("an end");
    bytes
}

#[test]
fn file_is_told_whole_as_one_object_and_nothing_is_begun() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    let from = "PNG tEXt parameters";
    let told = shell.json("inspect duck.png");
    assert_eq!(
        (&told["file"], &told["bytes"], &told["media_type"]),
        (&json!("duck.png"), &json!(272), &json!("image/png"))
    );
    // sha256sum and `ipfs add --only-hash --cid-version 1 --raw-leaves` of the fixture
    assert_eq!(
        told["sha256"],
        "7c76e634f1290150909c3d7f96951361cbbc88e1a3df1349fcf8d4c522000306"
    );
    assert_eq!(
        told["cid"],
        "bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday"
    );
    assert_eq!(
        told["steps"][1],
        json!({ "kind": "prompt", "content": "monochrome", "role": "negative", "from": from })
    );
    assert_eq!(told["discloses"][0]["where"], from);
    assert_eq!(told["ai"], json!({ "marked": true, "by": ["metadata"] }));
    assert_eq!(told["credentials"]["state"], "none");
    assert_eq!(told["unreadable"], json!([]));
    assert!(!shell.path(".lineage").exists());
}

#[test]
fn without_hashes_a_file_is_not_read_whole() {
    let shell = Shell::new();
    // A model of which the tensors are not there: it has no more than its header.
    let header = br#"{"__metadata__":{"modelspec.title":"heron"}}"#;
    let length = header.len() as u64;
    shell.file(
        "a.safetensors",
        [&length.to_le_bytes()[..], header].concat(),
    );
    let file = std::fs::OpenOptions::new()
        .write(true)
        .open(shell.path("a.safetensors"));
    file.and_then(|file| file.set_len(1 << 40))
        .expect("room for a hole");
    let told = shell.json("inspect a.safetensors --no-hash");
    assert_eq!(
        (&told["sha256"], &told["cid"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(told["bytes"], json!(1_u64 << 40));
    assert_eq!(told["discloses"][0]["where"], "safetensors modelspec.title");
    let said = shell.done("inspect a.safetensors --no-hash");
    assert!(!said.contains("SHA-256") && !said.contains("CID"), "{said}");
}

#[test]
fn what_stands_beside_a_file_is_read_with_it() {
    let shell = Shell::new();
    std::fs::write(shell.path("duck.png"), picture("Title", "a duck")).expect("written");
    shell.file(
        "duck.txt",
        "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, Model: reeds",
    );
    let told = shell.json("inspect duck.png");
    assert_eq!(told["steps"][0]["content"], "a duck");
    assert_eq!(told["steps"][0]["from"], "sidecar duck.txt text");
    assert_eq!(told["discloses"].as_array().expect("texts").len(), 1);
    assert_eq!(told["ai"]["marked"], false);
    // What is no file is passed over.
    std::fs::create_dir(shell.path("duck.json")).expect("a folder");
    assert_eq!(shell.json("inspect duck.png"), told);
    // What is too long to be read is told.
    shell.file("duck.swarm.json", " ".repeat((4 << 20) + 10));
    let reason = "it has more than 4194304 bytes";
    assert_eq!(
        shell.json("inspect duck.png")["unreadable"],
        json!([{ "field": "sidecar duck.swarm.json text", "reason": reason }])
    );
    let minted = shell.json("mint duck.png --yes");
    assert_eq!(minted["steps"], 5);
}

#[test]
fn in_a_folder_a_file_is_read_with_what_stands_beside_it_there() {
    let shell = Shell::new();
    std::fs::create_dir_all(shell.path("all/b")).expect("folders");
    let text = "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, Model: reeds";
    for (picture_of, beside) in [
        ("all/a.b.png", "all/a.b.png.xmp.txt"),
        ("all/duck.png", "all/duck.txt"),
        ("all/g\u{e4}nse.png", "all/g\u{e4}nse.txt"),
        ("all/b/duck.png", "all/b/other.txt"),
        ("all/b/a.2.png", "all/b/a.2.txt"),
    ] {
        std::fs::write(shell.path(picture_of), picture("Title", "a duck")).expect("written");
        shell.file(beside, text);
    }
    let told = shell.json("inspect all");
    let beside: Vec<_> = told
        .as_array()
        .expect("an array")
        .iter()
        .filter_map(|file| Some((file["file"].as_str()?, file["steps"][0]["from"].as_str()?)))
        .filter(|(_, from)| from.starts_with("sidecar"))
        .collect();
    assert_eq!(
        beside,
        [
            ("all/b/a.2.png", "sidecar a.2.txt text"),
            ("all/duck.png", "sidecar duck.txt text"),
            ("all/g\u{e4}nse.png", "sidecar g\u{e4}nse.txt text"),
        ]
    );
}

#[test]
fn what_stands_beside_a_file_is_read_whatever_the_case_of_its_ending() {
    let shell = Shell::new();
    std::fs::create_dir(shell.path("all")).expect("a folder");
    let text = "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, Model: reeds";
    let xmp = "<x xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:RDF>\
               <rdf:Description dc:source='a duck'/></rdf:RDF></x>";
    for (picture_of, beside, says) in [
        ("all/A.PNG", "all/A.TXT", text),
        ("all/b.png", "all/b.png.XMP", xmp),
        ("all/c.PNG", "all/c.txt", text),
        // The name itself is another.
        ("all/d.png", "all/D.txt", text),
    ] {
        std::fs::write(shell.path(picture_of), picture("Title", "a duck")).expect("written");
        shell.file(beside, says);
    }
    for file in ["A.PNG", "c.PNG"] {
        let from = shell.json(&format!("inspect all/{file}"))["steps"][0]["from"].take();
        let ending = if file == "A.PNG" { "A.TXT" } else { "c.txt" };
        assert_eq!(from, format!("sidecar {ending} text"));
    }
    let told = shell.json("inspect all");
    let beside = told.as_array().expect("an array").iter().flat_map(|file| {
        let steps = file["steps"].as_array().expect("steps").iter();
        let from = steps.filter_map(|step| step["from"].as_str());
        let from = from.filter(|from| from.starts_with("sidecar"));
        from.map(|from| (file["file"].as_str().expect("a name"), from))
    });
    let mut beside: Vec<_> = beside.collect();
    beside.dedup();
    assert_eq!(
        beside,
        [
            ("all/A.PNG", "sidecar A.TXT text"),
            ("all/c.PNG", "sidecar c.txt text"),
        ]
    );
    let of_b = shell.json("inspect all/b.png");
    assert_eq!(of_b["unreadable"], json!([]));
    // That it is read shows where it is too long.
    shell.file("all/b.png.XMP", " ".repeat((4 << 20) + 10));
    let reason = "it has more than 4194304 bytes";
    assert_eq!(
        shell.json("inspect all/b.png")["unreadable"],
        json!([{ "field": "sidecar b.png.XMP text", "reason": reason }])
    );
}

#[cfg(target_os = "linux")]
#[test]
fn what_stands_beside_a_file_is_read_where_its_name_is_no_text() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    let shell = Shell::new();
    let folder = shell.path("all");
    std::fs::create_dir(&folder).expect("a folder");
    let named = |name: &[u8]| folder.join(OsStr::from_bytes(name));
    let text = "a duck\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, Model: reeds";
    std::fs::write(named(b"d\xfcck.png"), picture("Title", "a duck")).expect("written");
    std::fs::write(named(b"d\xfcck.txt"), text).expect("written");
    let told = shell.json("inspect all");
    assert_eq!(told[0]["steps"][0]["from"], "sidecar d\u{fffd}ck.txt text");
}

#[test]
fn folder_is_an_array_of_the_files_in_it_by_name() {
    let shell = Shell::new();
    std::fs::create_dir_all(shell.path("all/inner/.hidden")).expect("folders");
    for name in [
        "all/b.txt",
        "all/a.txt",
        "all/inner/c.txt",
        "all/.d",
        "all/inner/.hidden/e",
    ] {
        shell.file(name, name);
    }
    let told = shell.json("inspect all");
    let files = told.as_array().expect("an array").iter();
    let files: Vec<_> = files
        .map(|file| file["file"].as_str().expect("a name"))
        .collect();
    assert_eq!(files, ["all/a.txt", "all/b.txt", "all/inner/c.txt"]);
    std::fs::create_dir(shell.path("none")).expect("a folder");
    assert_eq!(shell.json("inspect none"), json!([]));
    assert_eq!(shell.done("inspect none"), "there is no file to inspect\n");
    // One file of a folder is an array too: the shape depends on what was asked for, not on what is there.
    let one = shell.json("inspect all/inner");
    assert_eq!(one.as_array().map(Vec::len), Some(1));
}

#[cfg(unix)]
#[test]
fn file_that_cannot_be_read_is_told_beside_the_others() {
    let shell = Shell::new();
    shell.file("a.txt", "a poem");
    let output = shell.run("inspect /dev/null a.txt --json");
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(
        told[0],
        json!({
            "file": "/dev/null",
            "error": "/dev/null is no ordinary file: save what it gives in one",
        })
    );
    assert_eq!(told[1]["bytes"], 6);
}

#[test]
fn path_that_leads_nowhere_is_told_beside_the_others() {
    let shell = Shell::new();
    shell.file("a.txt", "a poem");
    let output = shell.run("inspect gone.png - https://example.com/a.png a.txt --json");
    assert_eq!(output.status.code(), Some(1));
    let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let errors = [
        "there is no file or folder gone.png",
        "a file is read in several places, so nothing is taken from a pipe: save it in a file",
        "nothing is fetched: save it in a file",
    ];
    for (at, error) in errors.into_iter().enumerate() {
        assert_eq!(told[at]["error"], error);
    }
    assert_eq!(told[3]["bytes"], 6);
    let output = shell.run("inspect gone.png");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stdout).contains("there is no file or folder gone.png"));
}

#[test]
fn model_is_called_by_the_kind_of_its_file() {
    let shell = Shell::new();
    let head = r#"{"__metadata__":{"modelspec.title":"heron"}}"#;
    let length = (head.len() as u64).to_le_bytes();
    let bytes = [&length[..], head.as_bytes()].concat();
    shell.file("heron.safetensors", bytes);
    let output = shell.run("inspect heron.safetensors");
    assert!(text(&output.stdout).contains("bytes, safetensors\n"));
}

#[test]
fn words_of_a_file_move_no_cursor() {
    let shell = Shell::new();
    let says =
        "a \u{1b}[2Jduck\u{202e}\nNegative prompt: b\u{7}\nSteps: 20, Sampler: x, Model: m\u{1b}c";
    shell.file("duck.png", picture("parameters", says));
    let told = shell.done("inspect duck.png");
    let moves = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    assert!(!told.chars().any(moves), "{told:?}");
    assert!(
        told.contains("step 0      prompt: a \\u{1b}[2Jduck\\u{202e}"),
        "{told}"
    );
    let minted = shell.done("mint duck.png --yes");
    assert!(!minted.chars().any(moves), "{minted:?}");
}
