//! A pinning service, which keeps what it finds in the network (IPFS Pinning Service API, `ipfs-pinning-service.yaml`).

use super::{Desk, TOKEN, text};
use crate::report::plain;
use anyhow::{Context as _, Result, bail, ensure};
use cid::Cid;
use serde_json::{Value, json};
use std::thread;
use std::time::Duration;
use ureq::Body;
use ureq::http::Response;

/// How often a service is asked whether it has found the file, a second apart.
const ASKED: usize = 60;

/// Asks for a pin unless there is one, and waits until the service has the file.
pub(super) fn pin(desk: &Desk, root: &Cid, title: &str) -> Result<()> {
    ensure!(
        desk.token.is_some(),
        "a pinning service asks for a token: put it into the environment variable {TOKEN}"
    );
    let mut pin = match known(desk, root)? {
        Some(pin) => pin,
        None => {
            let request = desk
                .allowed(desk.agent.post(desk.address))
                .content_type("application/json");
            let wanted = json!({ "cid": root.to_string(), "name": title }).to_string();
            answer(request.send(wanted.as_bytes()))?
        }
    };
    for _ in 0..ASKED {
        if is_done(&pin)? {
            return Ok(());
        }
        let id = pin["requestid"].as_str().unwrap_or_default();
        // An id is the service's own text, and stands in the address.
        let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
        ensure!(
            !id.is_empty() && id.chars().all(is_plain),
            "it gives no id under which to ask again"
        );
        thread::sleep(Duration::from_secs(1));
        let url = format!("{}/{id}", desk.address);
        pin = answer(desk.allowed(desk.agent.get(&url)).call())?;
    }
    bail!(
        "after {ASKED} seconds it still looks for {root}. A pinning service keeps only what it finds in the network: add the file to a node that others reach, \
         with --pin or `ipfs dag import` of what --car writes, and type this again"
    )
}

/// The pin that there is from before, done or waiting. Versions of the API differ in how several states are asked for at once.
fn known(desk: &Desk, root: &Cid) -> Result<Option<Value>> {
    for status in ["pinned", "pinning", "queued"] {
        let url = format!("{}?cid={root}&status={status}", desk.address);
        let pins = answer(desk.allowed(desk.agent.get(&url)).call())?;
        if let Some(pin) = pins["results"].get(0) {
            return Ok(Some(pin.clone()));
        }
    }
    Ok(None)
}

fn is_done(pin: &Value) -> Result<bool> {
    match pin["status"].as_str() {
        Some("pinned") => Ok(true),
        Some("queued" | "pinning") => Ok(false),
        Some("failed") => {
            let details = pin["info"]["status_details"].as_str();
            bail!(
                "it failed: {}",
                plain(details.unwrap_or("it does not say why"))
            )
        }
        _ => bail!("its answer is none of a pinning service"),
    }
}

fn answer(sent: Result<Response<Body>, ureq::Error>) -> Result<Value> {
    let mut answer =
        sent.context("it does not answer: see that the address is right, and type this again")?;
    let said = text(answer.body_mut())?;
    let json: Option<Value> = serde_json::from_str(&said).ok();
    if !answer.status().is_success() {
        let error = json.as_ref().map(|json| &json["error"]);
        let part = |key: &str| error.and_then(|error| error[key].as_str());
        let parts: Vec<_> = ["reason", "details"].into_iter().filter_map(part).collect();
        bail!("it says {} {}", answer.status(), plain(&parts.join(": ")));
    }
    json.context("its answer is no JSON")
}
