//! The state file and the records beside the files: whole or not at all.

use crate::Shell;
use crate::prepared::Prepared;
use alloy_primitives::U256;
use lineage::state::State;
use record::sha256;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::Stdio;
use std::time::{Instant, SystemTime};
use stylus_chain::Transaction;
use stylus_chain::arbos::programs::ProgramError;

const ADVICE: &str = "use the command that wrote it, or begin anew with another --state FOLDER";
/// Where the digest ends.
const HEAD: usize = 44;

/// A folder with one work in its state.
fn shell() -> Shell {
    static MADE: Prepared = Prepared::new();
    MADE.copy(|shell| {
        shell.file("poem.txt", "a poem");
        shell.done("mint poem.txt --title Poem --yes");
    })
}

fn assert_unusable(shell: &Shell, state: &[u8], reason: &str) {
    let path = shell.path(".lineage/chain");
    fs::write(&path, state).expect("the state can be written");
    for typed in ["show 1", "pay 1 1"] {
        let complaint = shell.refused(typed);
        assert!(
            complaint.contains(".lineage/chain") && complaint.contains(reason),
            "lineage {typed}: {complaint}"
        );
    }
    // Nobody wrote over what may still be rescued.
    assert_eq!(fs::read(&path).expect("it is there"), state);
}

#[test]
fn state_lies_where_it_is_told_to() {
    let shell = shell();
    let elsewhere = shell.done("show --state deep/down/elsewhere");
    assert!(elsewhere.starts_with("no works yet"));
    assert!(shell.path("deep/down/elsewhere/chain").is_file());
    assert_eq!(
        shell.json("show --state .lineage")["works"][0]["title"],
        "Poem"
    );
}

#[test]
fn looking_changes_nothing() {
    let shell = shell();
    let path = shell.path(".lineage/chain");
    let before = (
        fs::read(&path).expect("a state"),
        fs::metadata(&path)
            .and_then(|data| data.modified())
            .expect("a time"),
    );
    shell.done("show");
    shell.done("show 1");
    shell.refused("show 2");
    let after = (
        fs::read(&path).expect("a state"),
        fs::metadata(&path)
            .and_then(|data| data.modified())
            .expect("a time"),
    );
    assert!(after == before);
}

#[test]
fn state_that_breaks_off_is_refused() {
    let shell = shell();
    let state = fs::read(shell.path(".lineage/chain")).expect("a state");
    for length in [
        0,
        7,
        8,
        11,
        12,
        43,
        44,
        100,
        144,
        200,
        state.len() / 2,
        state.len() - 1,
    ] {
        assert_unusable(
            &shell,
            &state[..length],
            if length < 44 { "too short" } else { "damaged" },
        );
    }
    assert_unusable(&shell, &[&state[..], &[0]].concat(), "damaged");
}

#[test]
fn single_flipped_bit_is_seen() {
    let shell = shell();
    let state = fs::read(shell.path(".lineage/chain")).expect("a state");
    for place in (12..state.len()).step_by(state.len() / 12) {
        let mut damaged = state.clone();
        damaged[place] ^= 0x10;
        assert_unusable(&shell, &damaged, "damaged");
    }
}

#[test]
fn state_of_another_version_is_refused_with_both() {
    let shell = shell();
    let mut state = fs::read(shell.path(".lineage/chain")).expect("a state");
    for (version, said) in [
        // The programs of the first version have another ABI.
        (1, "its version is 1, this command knows 2"),
        (3, "its version is 3, this command knows 2"),
    ] {
        state[11] = version;
        assert_unusable(&shell, &state, &format!("{said}: {ADVICE}"));
    }
}

#[test]
fn file_that_is_no_state_is_refused_with_advice() {
    let shell = shell();
    let mut state = fs::read(shell.path(".lineage/chain")).expect("a state");
    assert_unusable(&shell, &[], ADVICE);
    state[..8].copy_from_slice(b"SOMEBODY");
    let said = format!("it is no state of lineage: {ADVICE}");
    assert_unusable(&shell, &state, &said);
}

#[test]
fn state_whose_chain_cannot_be_read_is_refused_with_advice() {
    let shell = shell();
    let state = fs::read(shell.path(".lineage/chain")).expect("a state");
    // The chain stands behind the head and the addresses of five programs; the last of its bytes belong to its last block.
    for place in [HEAD + 100, state.len() - 1] {
        let mut other = state.clone();
        other.truncate(place);
        let digest = sha256(&other[HEAD..]);
        other[12..HEAD].copy_from_slice(digest.as_slice());
        assert_unusable(&shell, &other, ADVICE);
    }
}

#[test]
fn half_written_state_of_a_crash_is_no_state() {
    let shell = shell();
    let whole = fs::read(shell.path(".lineage/chain")).expect("a state");
    // What a crash in the middle of a write leaves: half a file under another name, beside the old state.
    shell.file(".lineage/chain.new", &whole[..whole.len() / 2]);
    shell.done("pay 1 500");
    assert_eq!(shell.json("show 1")["works"][0]["received"], "500");
    // And a crash before the first state was whole.
    fs::remove_file(shell.path(".lineage/chain")).expect("it is there");
    assert!(shell.done("show").starts_with("no works yet"));
}

#[test]
fn half_written_state_is_cleared_away_by_the_next_command() {
    let shell = shell();
    shell.file(".lineage/chain.new", "");
    shell.done("show 1");
    assert_eq!(shell.names_in(".lineage"), ["chain", "lock"]);
}

#[cfg(target_os = "linux")]
#[test]
fn full_disk_leaves_the_state_and_no_part_of_another() {
    let shell = shell();
    let before = fs::read(shell.path(".lineage/chain")).expect("a state");
    let command = env!("CARGO_BIN_EXE_lineage");
    let output = std::process::Command::new("bash")
        .args([
            "-c",
            &format!("trap '' XFSZ; ulimit -f 1; exec {command} pay 1 5"),
        ])
        .current_dir(shell.path("."))
        .output()
        .expect("a shell");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(complaint.contains("chain.new"), "{complaint}");
    assert_eq!(shell.names_in(".lineage"), ["chain", "lock"]);
    assert!(fs::read(shell.path(".lineage/chain")).expect("a state") == before);
}

#[test]
fn killed_command_leaves_the_state_before_it_or_after_it() {
    let shell = shell();
    let started = Instant::now();
    shell.done("pay 1 1");
    let whole = started.elapsed();
    let mut received = 1;
    let mut killed = 0;
    // From a command that has hardly begun to one that has long ended.
    for step in 0..=40 {
        let well = shell.killed("pay 1 1", whole * step / 20);
        let now = shell.json("show 1")["works"][0]["received"].clone();
        let now: u32 = now.as_str().and_then(|wei| wei.parse().ok()).expect("wei");
        let paid = now == received + 1;
        assert!(paid || now == received, "{now} after {received}");
        assert!(paid || !well, "a payment that was reported is lost");
        received += u32::from(paid);
        killed += u32::from(!well);
    }
    assert!(killed > 0, "none was killed");
    shell.done("pay 1 1");
    assert_eq!(shell.names_in(".lineage"), ["chain", "lock"]);
}

#[test]
fn killed_mint_is_done_once_when_typed_again() {
    let shell = shell();
    shell.file("0.txt", "work 0");
    let started = Instant::now();
    shell.done("mint 0.txt --yes");
    let whole = started.elapsed();
    for step in 1..=20 {
        let name = format!("{step}.txt");
        shell.file(&name, format!("work {step}"));
        shell.killed(&format!("mint {name} --yes"), whole * step / 15);
        let again = shell.run(&format!("mint {name} --yes"));
        if !again.status.success() {
            let complaint = String::from_utf8_lossy(&again.stderr).into_owned();
            assert!(complaint.contains("has minted this file"), "{complaint}");
        }
        let works = shell.json("show")["works"].clone();
        assert_eq!(works.as_array().map(Vec::len), Some(step as usize + 2));
    }
}

#[test]
fn half_written_record_of_a_killed_mint_is_cleared_away() {
    let shell = shell();
    shell.file("song.txt", "a song");
    shell.file("song.txt.lineage.json.lineage~a1B2c3.new", "{\"prompts\":");
    // Somebody's own file, however like it is.
    let own = [
        "song.txt.lineage.json.a1B2c3.new",
        "song.txt.lineage.json.backup.new",
        "song.txt.lineage.json.lineage~a1B2c.new",
        "song.txt.lineage.json.lineage~my-old.new",
        "song.txt.lineage.json.old.new",
    ];
    for name in own {
        shell.file(name, "mine");
    }
    shell.done("mint song.txt --yes");
    let mut names = shell.names();
    names.retain(|name| name.starts_with("song.txt."));
    assert_eq!(names, [&["song.txt.lineage.json"], &own[..]].concat());
}

#[test]
fn folder_that_cannot_be_written_is_named() {
    let shell = Shell::new();
    shell.file("taken", "a file");
    let complaint = shell.refused("show --state taken");
    assert!(complaint.contains("taken"), "{complaint}");
    fs::create_dir_all(shell.path("odd/lock")).expect("a folder");
    let complaint = shell.refused("show --state odd");
    assert!(complaint.contains("odd/lock"), "{complaint}");
}

#[test]
fn command_that_waits_for_another_says_so() {
    let shell = shell();
    let lock = fs::File::create(shell.path(".lineage/lock")).expect("the lock");
    lock.lock().expect("it is free");
    let mut child = shell
        .command("pay 1 7")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    let mut said = String::new();
    BufReader::new(child.stderr.as_mut().expect("a pipe"))
        .read_line(&mut said)
        .expect("a line");
    assert_eq!(said, "waiting for another lineage command\n");
    assert_eq!(
        shell.refused("mint nothing.txt --yes"),
        "cannot read nothing.txt: No such file or directory (os error 2)"
    );
    drop(lock);
    assert!(child.wait().expect("it ends").success());
    assert_eq!(shell.json("show 1")["works"][0]["received"], "7");
}

#[test]
fn works_have_the_time_of_this_machine() {
    let seconds = || {
        SystemTime::now()
            .duration_since(SystemTime::UNIX_EPOCH)
            .expect("after 1970")
            .as_secs()
    };
    let before = seconds();
    // Not a copy: that one was minted earlier.
    let shell = Shell::new();
    shell.file("poem.txt", "a poem");
    shell.done("mint poem.txt --yes");
    let work = shell.json("show 1")["works"][0].clone();
    for date in ["claimed_at", "minted_at"] {
        let date = work[date].as_u64().expect("seconds");
        // Blocks are one second apart, so the second is a little ahead.
        assert!((before..=seconds() + 2).contains(&date), "{date}");
    }
    let said = shell.done("show 1");
    let (_, minted) = said.split_once("minted ").expect("a date");
    let date: Vec<_> = minted.split('-').collect();
    assert!(date[0].parse::<u16>().expect("a year") >= 2026, "{minted}");
    assert!(
        minted
            .lines()
            .next()
            .is_some_and(|date| date.ends_with('Z'))
    );
}

#[test]
fn state_that_lay_for_years_is_used_as_any_other() {
    const YEARS: u64 = 3 * 365 * 24 * 60 * 60;
    let shell = shell();
    {
        let state = State::open(&shell.path(".lineage")).expect("the state");
        let mut session = state.load(&|_| ()).expect("a chain");
        session.chain.increase_time(YEARS);
        let router = session.programs.router;
        let expired = session.chain.program(router);
        assert!(matches!(expired, Err(ProgramError::Expired { .. })));
        // A block of that time, so that the clock of this machine is behind it.
        let [giver, taker] = [0, 1].map(|number| session.chain.accounts()[number]);
        session
            .transact("give", Transaction::call(giver, taker, []).value(U256::ONE))
            .expect("a transfer needs no program");
        state.save(&session).expect("saved");
    }
    shell.done("show 1");
    shell.done("pay 1 500");
    assert_eq!(shell.json("show 1")["works"][0]["received"], "500");
}

#[test]
fn record_is_there_before_anything_is_sent_and_is_used_again() {
    let shell = shell();
    shell.file("song.txt", "a song");
    // The state cannot be written, so that nothing is kept of what was sent after the record.
    fs::create_dir(shell.path(".lineage/chain.new")).expect("a folder");
    shell.refused("mint song.txt --yes");
    fs::remove_dir(shell.path(".lineage/chain.new")).expect("removed");
    let record = fs::read(shell.path("song.txt.lineage.json")).expect("the record survives");
    let done = shell.json("mint song.txt --yes");
    let actions: Vec<_> = done["sent"]
        .as_array()
        .expect("transactions")
        .iter()
        .map(|sent| &sent["action"])
        .collect();
    assert_eq!(actions, ["commit", "mint"]);
    assert_eq!(
        fs::read(shell.path("song.txt.lineage.json")).expect("it is there"),
        record
    );
    let text = String::from_utf8(record).expect("UTF-8");
    assert!(text.contains(done["process_root"].as_str().expect("a root")));
}

#[test]
fn record_of_another_claim_is_not_written_over() {
    let shell = shell();
    let record = fs::read(shell.path("poem.txt.lineage.json")).expect("a record");
    let complaint = shell.refused("mint poem.txt --from bob --yes");
    assert!(
        complaint.contains("record of another claim") && complaint.contains("Move it away"),
        "{complaint}"
    );
    shell.file("poem.txt", "another poem");
    shell.refused("mint poem.txt --yes");
    assert_eq!(
        fs::read(shell.path("poem.txt.lineage.json")).expect("it is there"),
        record
    );
}

#[test]
fn altered_record_is_refused() {
    let shell = Shell::new();
    shell.picture("automatic1111_cropped.png", "duck.png");
    shell.done("mint duck.png --yes");
    let path = shell.path("duck.png.lineage.json");
    let record = fs::read_to_string(&path).expect("a record");
    let altered = record.replacen("photo of a duck", "photo of a swan", 1);
    assert_ne!(altered, record);
    fs::write(&path, altered).expect("it can be written");
    let complaint = shell.refused("mint duck.png --state elsewhere --yes");
    assert!(
        complaint.contains("duck.png.lineage.json") && complaint.contains("not the one hashed"),
        "{complaint}"
    );
}

#[test]
fn commands_at_once_wait_for_each_other() {
    let shell = shell();
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| assert!(shell.run("pay 1 7").status.success()));
        }
    });
    assert_eq!(shell.json("show 1")["works"][0]["received"], "42");
}
