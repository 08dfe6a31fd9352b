//! The RPC of an IPFS node: `/api/v0/dag/import` takes an archive and pins its root (Kubo, `core/commands/dag`).

use super::{Desk, text};
use crate::archive;
use crate::report::plain;
use anyhow::{Context as _, Result, bail, ensure};
use cid::Cid;
use serde_json::Value;
use std::io::{self, BufWriter, PipeReader, Read, Write as _};
use std::path::Path;
use std::thread::{self, ScopedJoinHandle};
use ureq::SendBody;

/// Uploads the archive of a file while it is made.
pub(super) fn import(desk: &Desk, file: &Path, root: &Cid) -> Result<()> {
    // No file holds the text of its own identifier.
    let boundary = format!("lineage-{root}");
    let head = format!(
        "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{root}.car\"\r\n\
         Content-Type: application/octet-stream\r\n\r\n"
    );
    let tail = format!("\r\n--{boundary}--\r\n");
    let url = format!("{}/api/v0/dag/import?pin-roots=true", desk.address);
    let request = desk
        .allowed(desk.agent.post(&url))
        .content_type(format!("multipart/form-data; boundary={boundary}"));
    let (reader, writer) = io::pipe().context("cannot make a pipe")?;
    let answer = thread::scope(|scope| {
        let maker = scope.spawn(move || {
            let mut writer = BufWriter::with_capacity(1 << 16, writer);
            archive::write_to(file, root, &mut writer)?;
            Ok(writer.flush()?)
        });
        let archive = Archive {
            reader,
            maker: Some(maker),
        };
        let mut body = head.as_bytes().chain(archive).chain(tail.as_bytes());
        request.send(SendBody::from_reader(&mut body))
    });
    let mut answer = answer
        .context("nothing could be uploaded: see that a node runs there, and type this again")?;
    let said = text(answer.body_mut())?;
    if !answer.status().is_success() {
        let json: Option<Value> = serde_json::from_str(&said).ok();
        let message = json.as_ref().and_then(|json| json["Message"].as_str());
        bail!(
            "it says {}: {}",
            answer.status(),
            plain(message.unwrap_or(said.trim()))
        );
    }
    is_pinned(&said, root)
}

/// Checks that the root is among what was pinned: one object a line, of which those with `Root` tell of a root.
fn is_pinned(said: &str, root: &Cid) -> Result<()> {
    let lines = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let roots: Vec<_> = lines.filter(|line| line["Root"].is_object()).collect();
    let cid = |line: &Value| line["Root"]["Cid"]["/"].as_str().map(str::to_owned);
    let own = roots
        .iter()
        .find(|line| cid(line).and_then(|cid| cid.parse().ok()).as_ref() == Some(root));
    let Some(own) = own else {
        let others: Vec<_> = roots.iter().filter_map(cid).collect();
        bail!(
            "it was sent {root}, and says that it has {}",
            if others.is_empty() {
                "nothing".to_owned()
            } else {
                plain(&others.join(", "))
            }
        );
    };
    let failure = own["Root"]["PinErrorMsg"].as_str().unwrap_or_default();
    ensure!(failure.is_empty(), "it says: {}", plain(failure));
    Ok(())
}

/// The archive as it is made. What goes wrong there fails the upload, which would else end like a whole one.
struct Archive<'scope> {
    reader: PipeReader,
    maker: Option<ScopedJoinHandle<'scope, Result<()>>>,
}

impl Read for Archive<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(room)?;
        if read == 0
            && !room.is_empty()
            && let Some(maker) = self.maker.take()
        {
            match maker.join() {
                Ok(Ok(())) => {}
                Ok(Err(error)) => return Err(io::Error::other(format!("{error:#}"))),
                Err(_) => return Err(io::Error::other("the archive could not be made")),
            }
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOT: &str = "bafybeidjogjfwuhbzwopgd4bn3skcf5m6oz72xshywcndzxgqb623nfclu";

    fn said(lines: &str) -> Result<(), String> {
        is_pinned(lines, &ROOT.parse().expect("a CID")).map_err(|error| error.to_string())
    }

    #[test]
    fn answer_must_name_the_root_that_was_sent() {
        let pinned = |cid: &str, error: &str| {
            format!(r#"{{"Root":{{"Cid":{{"/":"{cid}"}},"PinErrorMsg":"{error}"}}}}"#)
        };
        let stats = r#"{"Stats":{"BlockCount":3}}"#;
        assert_eq!(said(&format!("{}\n{stats}\n", pinned(ROOT, ""))), Ok(()));
        let other = "bafkreid4o3tdj4jjafijbhb5p6ljke3bzo6irynd34jut7hy2tcseaaday";
        let sent = format!("it was sent {ROOT}, and says that it has");
        assert_eq!(said(&pinned(other, "")), Err(format!("{sent} {other}")));
        assert_eq!(said(stats), Err(format!("{sent} nothing")));
        assert_eq!(
            said(&pinned(ROOT, "no room")),
            Err("it says: no room".to_owned())
        );
    }
}
