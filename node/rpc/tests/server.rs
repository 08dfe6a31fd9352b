//! The server, asked over real HTTP.

mod asked;

use asked::Asked;
use serde_json::json;

#[test]
fn a_server_answers_over_http() {
    let server = Asked::start();
    assert_eq!(server.ask("eth_chainId", json!([])), json!("0x64aba"));
}
