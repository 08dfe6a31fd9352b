//! Who may ask: no web page, unless it was named.
//!
//! A page in a browser may open a WebSocket to any address, and may ask a name of its own that suddenly leads to this machine.
//! So where a browser says which page asks, and by which name, both are looked at.

use jsonrpsee::server::HttpRequest;
use std::net::IpAddr;
use std::sync::Arc;

/// The web pages that may ask, by origin, and the names that this server answers to besides its machine's own.
#[derive(Clone, Debug)]
pub(super) struct Origins {
    pages: Arc<[String]>,
    hosts: Arc<[String]>,
}

impl Origins {
    pub(super) fn new(pages: &[String], hosts: &[String]) -> Self {
        Self {
            pages: pages.into(),
            hosts: hosts.into(),
        }
    }

    fn has(&self, origin: &str) -> bool {
        let is = |allowed: &String| allowed == "*" || allowed.eq_ignore_ascii_case(origin);
        self.pages.iter().any(is)
    }

    fn answers_to(&self, host: &str) -> bool {
        let name = without_port(host);
        let is = |own: &String| own.eq_ignore_ascii_case(name);
        is_own(host) || self.hosts.iter().any(is) || self.has("*")
    }

    /// Why a request is not taken, in go-ethereum's words.
    pub(super) fn refusal<B>(&self, request: &HttpRequest<B>) -> Option<&'static str> {
        let header = |name| {
            request
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let is_upgrade = request.headers().contains_key("upgrade");
        match (header("origin"), header("host")) {
            (Some(origin), _) if is_upgrade && !self.has(origin) => Some("origin not allowed\n"),
            (_, Some(host)) if !self.answers_to(host) => Some("invalid host specified\n"),
            _ => None,
        }
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|digit| digit.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a name is this machine's own, with or without a port: an address cannot be made to lead elsewhere.
fn is_own(host: &str) -> bool {
    let name = without_port(host);
    let bare = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok()
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn a_name_that_could_lead_elsewhere_is_not_ones_own() {
        let own = [
            "localhost",
            "LOCALHOST:8547",
            "127.0.0.1:1",
            "[::1]:8547",
            "10.0.0.7",
        ];
        let others = [
            "evil.example",
            "localhost.evil.example:80",
            "1.evil.example",
            "",
        ];
        assert_eq!(own.map(is_own), [true; 5]);
        assert_eq!(others.map(is_own), [false; 4]);
    }
}
