//! Bringing a file to a node of IPFS, or asking a pinning service to keep it, so that its link leads somewhere.

mod node;
mod service;

use anyhow::{Context as _, Result, ensure};
use cid::Cid;
use std::net::IpAddr;
use std::path::Path;
use std::time::Duration;
use std::{env, fmt};
use ureq::http::Uri;
use ureq::{Agent, Body, RequestBuilder};

/// The environment variable with the token that a service asks for.
pub const TOKEN: &str = "LINEAGE_PIN_TOKEN";

/// What is written for `--pin`.
const WRITE: &str = "write the address of a node's RPC, as in http://127.0.0.1:5001, or where a pinning service takes pins, as in https://api.example.com/psa/pins";

/// Most bytes of an answer that are read.
const MOST: u64 = 1 << 20;

/// Who is to have the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The address without a slash at its end, nor the path that every node has.
    address: String,
    is_service: bool,
}

/// Reads an address. A service's ends in `/pins`, the path that the API of pinning services gives; a node's is its root, or ends in
/// `/api/v0`.
///
/// # Errors
/// It is neither, with what to write.
pub fn parse(text: &str) -> Result<Place> {
    let uri: Uri = text.parse().ok().context(WRITE)?;
    let authority = uri.authority().context(WRITE)?;
    ensure!(
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.query().is_none(),
        WRITE
    );
    ensure!(
        !authority.as_str().contains('@'),
        "an address is kept in the shell's history: put the token into {TOKEN}, and leave names and passwords out of the address"
    );
    // A port that is none would be passed over for that of all web servers.
    let port = authority.as_str().strip_prefix(authority.host());
    ensure!(
        port == Some("") || uri.port_u16().is_some_and(|port| port > 0),
        WRITE
    );
    let address = text.trim_end_matches('/');
    let is_service = uri.path().trim_end_matches('/').ends_with("/pins");
    let node = address.strip_suffix("/api/v0");
    ensure!(is_service || node.is_some() || uri.path() == "/", WRITE);
    Ok(Place {
        address: node.unwrap_or(address).to_owned(),
        is_service,
    })
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.address)
    }
}

impl Place {
    /// What will be done, for people.
    #[must_use]
    pub fn intent(&self) -> String {
        match self.is_service {
            true => format!("{self} is asked to pin it first, which must be able to find it"),
            false => format!("it is uploaded to {self} first"),
        }
    }

    /// Has the file pinned under its identifier, and returns once it is.
    ///
    /// # Errors
    /// Nobody answers there, or it is refused or not found.
    pub fn pin(&self, file: &Path, root: &Cid, title: &str) -> Result<()> {
        let desk = Desk::of(self)?;
        let pinned = match self.is_service {
            true => service::pin(&desk, root, title),
            false => node::import(&desk, file, root),
        };
        pinned.with_context(|| {
            format!("{self} does not pin the file, and nothing was sent to the chain")
        })
    }
}

/// How one speaks with a place.
struct Desk<'a> {
    address: &'a str,
    agent: Agent,
    token: Option<String>,
}

impl<'a> Desk<'a> {
    fn of(place: &'a Place) -> Result<Self> {
        let uri: Uri = place.address.parse().context(WRITE)?;
        let host = uri.host().unwrap_or_default();
        let number = host.trim_matches(['[', ']']).parse();
        let is_here = host == "localhost" || number.is_ok_and(|ip: IpAddr| ip.is_loopback());
        let token = env::var(TOKEN).ok().filter(|token| !token.is_empty());
        ensure!(
            token.is_none() || is_here || uri.scheme_str() == Some("https"),
            "the token in {TOKEN} would be read by everybody on the way to {place}: use its https address"
        );
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(Duration::from_secs(30)))
            .timeout_recv_response(Some(Duration::from_secs(600)))
            .timeout_recv_body(Some(Duration::from_secs(600)));
        if is_here {
            config = config.proxy(None);
        }
        Ok(Self {
            address: &place.address,
            agent: config.build().new_agent(),
            token,
        })
    }

    /// A request that is allowed, if a token allows it.
    fn allowed<B>(&self, request: RequestBuilder<B>) -> RequestBuilder<B> {
        match &self.token {
            Some(token) => request.header("Authorization", format!("Bearer {token}")),
            None => request,
        }
    }
}

/// The text of an answer, whether it is good or bad.
fn text(body: &mut Body) -> Result<String> {
    let config = body.with_config().limit(MOST).lossy_utf8(true);
    config.read_to_string().context("its answer breaks off")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn address_says_whether_it_is_of_a_node_or_a_service() {
        for (text, address, is_service) in [
            ("http://127.0.0.1:5001", "http://127.0.0.1:5001", false),
            ("http://127.0.0.1:5001/", "http://127.0.0.1:5001", false),
            ("https://a.b/ipfs/api/v0", "https://a.b/ipfs", false),
            ("https://a.b/psa/pins", "https://a.b/psa/pins", true),
            ("https://a.b/pins/", "https://a.b/pins", true),
            ("http://[::1]", "http://[::1]", false),
            ("http://[::1]:5001", "http://[::1]:5001", false),
        ] {
            let address = address.to_owned();
            assert_eq!(
                parse(text).expect(text),
                Place {
                    address,
                    is_service
                }
            );
        }
    }

    #[test]
    fn what_is_no_address_is_refused_with_what_to_write() {
        for text in [
            "",
            "127.0.0.1:5001",
            "ftp://a.b",
            "https://a.b/psa",
            "https://a.b/pins?x",
            "http://",
            "http://127.0.0.1:",
            "http://127.0.0.1:0",
            "http://127.0.0.1:99999",
            "http://[::1]:99999/api/v0",
        ] {
            assert_eq!(parse(text).expect_err(text).to_string(), WRITE, "{text}");
        }
        let error = parse("https://me:secret@a.b")
            .expect_err("refused")
            .to_string();
        assert!(
            error.contains(TOKEN) && !error.contains("secret"),
            "{error}"
        );
    }
}
