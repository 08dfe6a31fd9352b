//! What lies where a file is read or written and is no ordinary file: pipes, which nobody may wait for, links and folders.

use crate::prepared::Prepared;
use crate::{Shell, text};
use std::fs;
use std::os::unix::fs::symlink;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Longer than any command here takes.
const LONG: Duration = Duration::from_secs(60);

fn shell() -> Shell {
    static MADE: Prepared = Prepared::new();
    MADE.copy(|shell| {
        shell.picture("automatic1111_cropped.png", "duck.png");
        shell.file("root.txt", "a poem");
        shell.done("mint root.txt --open 5% --yes");
    })
}

impl Shell {
    /// Puts a pipe there that nobody writes into.
    fn pipe(&self, name: &str) {
        let made = Command::new("mkfifo").arg(self.path(name)).status();
        assert!(made.expect("it starts").success());
    }

    /// How a command ends that waits for nobody: whether well, and what it complains of.
    fn ended(&self, typed: &str) -> (bool, String) {
        let mut child = self
            .command(typed)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        let started = Instant::now();
        while child.try_wait().expect("it is ours").is_none() {
            if started.elapsed() > LONG {
                child.kill().expect("it is ours to kill");
                child.wait().expect("it ends");
                panic!("lineage {typed} waits for somebody");
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().expect("it has ended");
        (output.status.success(), text(&output.stderr))
    }
}

#[test]
fn pipe_in_the_place_of_a_file_is_named_and_not_waited_for() {
    let away = "move it away, and type this again";
    let saved = "save what it gives in one";
    let strip = "mint duck.png --strip --yes";
    let shell = shell();
    for (place, typed, advice) in [
        ("duck.clean.png", strip, away),
        ("duck.car", "mint duck.png --car duck.car --yes", away),
        ("duck.png.lineage.json", "mint duck.png --yes", saved),
        (
            "proof.json",
            "reveal root.txt --step 0 --out proof.json",
            saved,
        ),
        ("proof.json", "verify duck.png --proof proof.json", saved),
        ("trust.pem", "inspect duck.png --trust trust.pem", saved),
        (
            "asked.txt",
            "mint duck.png --step prompt=@asked.txt --yes",
            saved,
        ),
        (
            "heron.pt",
            "mint duck.png --model-file heron.pt --yes",
            saved,
        ),
        ("licence", "terms 1 --close --licence-file licence", saved),
        (".lineage/chain", "show", saved),
        (".lineage/chain.new", "pay 1 5", away),
        (".lineage/lock", "show", away),
    ] {
        let is_there = shell.path(place).exists();
        if is_there {
            fs::rename(shell.path(place), shell.path("kept")).expect("renamed");
        }
        shell.pipe(place);
        let (is_well, complaint) = shell.ended(typed);
        let wanted = match place {
            "trust.pem" => "cannot take the certificates of trust.pem: ",
            _ => "",
        };
        let expected = format!("error: {wanted}{place} is no ordinary file: {advice}\n");
        assert_eq!((is_well, complaint), (false, expected), "{typed}");
        fs::remove_file(shell.path(place)).expect("removed");
        if is_there {
            fs::rename(shell.path("kept"), shell.path(place)).expect("renamed");
        }
    }
}

#[test]
fn what_is_no_ordinary_file_is_no_leftover() {
    let shell = shell();
    let [pipe, link, folder] = ["a1B2c3", "d4E5f6", "g7H8i9"]
        .map(|random| format!("duck.png.lineage.json.lineage~{random}.new"));
    shell.pipe(&pipe);
    shell.file("mine", "mine");
    symlink("mine", shell.path(&link)).expect("linked");
    fs::create_dir(shell.path(&folder)).expect("a folder");
    assert_eq!(shell.ended("mint duck.png --yes"), (true, String::new()));
    let mut names = shell.names();
    names.retain(|name| name.starts_with("duck.png."));
    assert_eq!(
        names,
        ["duck.png.lineage.json".to_owned(), pipe, link, folder]
    );
}

#[test]
fn link_to_nothing_in_the_place_of_a_file_is_told() {
    let away = "move it away, and type this again";
    let shell = shell();
    for (place, typed) in [
        ("duck.png.lineage.json", "mint duck.png --yes"),
        ("duck.clean.png", "mint duck.png --strip --yes"),
        ("duck.clean.png.lineage.json", "mint duck.png --strip --yes"),
        ("duck.car", "mint duck.png --car duck.car --yes"),
        ("proof.json", "reveal root.txt --step 0 --out proof.json"),
        (".lineage/chain.new", "pay 1 5"),
    ] {
        symlink("nothing", shell.path(place)).expect("linked");
        let complaint = shell.refused(typed);
        let expected = format!("{place} is a link to something that is not there: {away}");
        assert_eq!(complaint, expected, "{typed}");
        assert!(shell.path(place).is_symlink() && !shell.path("nothing").exists());
        fs::remove_file(shell.path(place)).expect("removed");
    }
    // In the place of what is read.
    symlink("nothing", shell.path("swan.png")).expect("linked");
    for typed in ["mint swan.png --yes", "verify duck.png --proof swan.png"] {
        let expected = "swan.png is a link to something that is not there";
        assert_eq!(shell.refused(typed), expected, "{typed}");
    }
}

#[test]
fn nothing_is_written_through_a_link_in_the_folder_of_the_state() {
    let shell = shell();
    shell.file("mine", "mine");
    symlink("../mine", shell.path(".lineage/chain.new")).expect("linked");
    let expected = ".lineage/chain.new is a link: move it away, and type this again";
    assert_eq!(shell.refused("pay 1 5"), expected);
    fs::remove_file(shell.path(".lineage/chain.new")).expect("removed");
    fs::remove_file(shell.path(".lineage/lock")).expect("removed");
    symlink("../mine", shell.path(".lineage/lock")).expect("linked");
    shell.done("pay 1 5");
    assert_eq!(fs::read(shell.path("mine")).expect("there"), b"mine");
    fs::remove_file(shell.path(".lineage/lock")).expect("removed");
    symlink("../nothing", shell.path(".lineage/lock")).expect("linked");
    let expected =
        ".lineage/lock is a link to something that is not there: move it away, and type this again";
    assert_eq!(shell.refused("pay 1 5"), expected);
    assert!(!shell.path("nothing").exists());
    fs::remove_file(shell.path(".lineage/lock")).expect("removed");
    fs::rename(shell.path(".lineage/chain"), shell.path("shared")).expect("renamed");
    symlink("../shared", shell.path(".lineage/chain")).expect("linked");
    let shared = fs::read(shell.path("shared")).expect("there");
    let expected = ".lineage/chain is a link: name the folder that it leads to as --state";
    assert_eq!(shell.refused("pay 1 5"), expected);
    assert_eq!(fs::read(shell.path("shared")).expect("there"), shared);
}

#[test]
fn file_whose_record_could_not_have_its_name_is_not_minted() {
    let shell = shell();
    let name = "d".repeat(224);
    shell.file(&name, "a duck");
    let before = shell.names();
    let complaint = shell.refused(&format!("mint {name} --car duck.car --yes"));
    let expected = format!(
        "{name}.lineage.json cannot be written, its name is too long: give the file a shorter one"
    );
    assert_eq!(complaint, expected);
    assert_eq!(shell.names(), before);
    let name = &name[..223];
    shell.file(name, "a duck");
    shell.done(&format!("mint {name} --yes"));
}
