//! The server, asked over real HTTP.

mod asked;

use asked::Asked;
use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;
use stylus_node::node::Node;
use stylus_node::server::Limits;

#[test]
fn a_server_answers_over_http() {
    let server = Asked::start();
    assert_eq!(server.ask("eth_chainId", json!([])), json!("0x64aba"));
}

#[test]
fn what_is_too_much_is_refused_by_name() {
    let server = Asked::start();
    let one = r#"{"jsonrpc":"2.0","id":7,"method":"eth_chainId"}"#;
    let batch = format!("[{}]", vec![one; 1_001].join(","));
    assert_eq!(
        server.post(&batch),
        r#"[{"jsonrpc":"2.0","id":7,"error":{"code":-32600,"message":"batch too large"}}]"#
    );
    let body = " ".repeat(5 * 1024 * 1024 + 1);
    assert_eq!(server.post(&body), "content length too large (>5242880)\n");
}

#[test]
fn a_batch_whose_answers_have_grown_too_long_is_not_run_to_its_end() {
    let limits = Limits {
        answer: 10,
        ..Limits::default()
    };
    let server = Asked::within(Node::default(), limits);
    let one = |id: u64| json!({"jsonrpc": "2.0", "id": id, "method": "eth_chainId"});
    let answer = server.post(&json!([one(1), one(2), one(3)]).to_string());
    let error = json!({"code": -32003, "message": "response too large"});
    assert_eq!(
        serde_json::from_str::<Value>(&answer).expect("JSON"),
        json!([
            {"jsonrpc": "2.0", "id": 1, "result": "0x64aba"},
            {"jsonrpc": "2.0", "id": 2, "result": "0x64aba"},
            {"jsonrpc": "2.0", "id": 3, "error": error},
        ])
    );
}

/// Begins a request and does not end it.
fn half_sent(server: &Asked) -> TcpStream {
    let address = server.url().replace("http://", "");
    let mut stream = TcpStream::connect(&address).expect("a connection");
    let head = "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    stream.write_all(head.as_bytes()).expect("sent");
    stream
}

/// The first line of what comes.
fn first_line(mut stream: TcpStream) -> String {
    let mut begin = [0; 15];
    stream.read_exact(&mut begin).expect("an answer");
    String::from_utf8_lossy(&begin).trim_end().to_owned()
}

#[test]
fn a_request_that_does_not_end_is_given_up_and_takes_one_turn_of_those_there_are() {
    let limits = Limits {
        connections: 2,
        patience: Duration::from_secs(5),
        ..Limits::default()
    };
    let server = Asked::within(Node::default(), limits);
    let waiting = [half_sent(&server), half_sent(&server)];
    let refused = (0..40).any(|_| {
        std::thread::sleep(Duration::from_millis(100));
        server.post("{}") == "too many requests at a time\n"
    });
    assert!(refused);
    assert_eq!(waiting.map(first_line), ["HTTP/1.1 408 Re"; 2]);
    assert_eq!(server.ask("eth_chainId", json!([])), json!("0x64aba"));
}

#[test]
fn what_is_too_much_in_an_argument_is_refused_in_words() {
    let server = Asked::start();
    let refused = |method: &str, params: Value| {
        let answer = server.answer(method, params);
        (
            answer["error"]["code"].clone(),
            answer["error"]["message"].clone(),
        )
    };
    let many = |one: &str| vec![one.to_owned(); 1_001];
    let (address, topic) = (format!("0x{:040}", 1), format!("0x{:064}", 1));
    for (method, params, code, words) in [
        (
            "eth_getLogs",
            json!([{"address": many(&address)}]),
            -32602,
            "invalid argument 0: exceed max addresses",
        ),
        (
            "eth_getLogs",
            json!([{"topics": [many(&topic)]}]),
            -32602,
            "invalid argument 0: exceed max topics",
        ),
        (
            "eth_estimateGas",
            json!([{"to": address, "authorizationList": [{}]}]),
            -32602,
            "invalid argument 0: json: missing field `r`",
        ),
        (
            "anvil_mine",
            json!(["0x3", "0xffffffffffffffff"]),
            -32000,
            "cannot mine blocks beyond the end of time",
        ),
    ] {
        assert_eq!(refused(method, params), (json!(code), json!(words)));
    }
    let most = vec![address; 1_000];
    assert_eq!(
        server.ask("eth_getLogs", json!([{"address": most}])),
        json!([])
    );
}

#[test]
fn a_web_page_may_not_ask_unless_it_is_named() {
    let server = Asked::start();
    let asked = |name: &str, value: &str| {
        let request = ureq::post(server.url()).header(name, value);
        let request = request.config().http_status_as_error(false).build();
        let body = r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}"#;
        let mut response = request
            .content_type("application/json")
            .send(body)
            .expect("an answer");
        let allowed = response
            .headers()
            .contains_key("access-control-allow-origin");
        let text = response.body_mut().read_to_string().expect("text");
        (response.status().as_u16(), allowed, text)
    };
    let answer = r#"{"jsonrpc":"2.0","id":1,"result":"0x64aba"}"#.to_owned();
    assert_eq!(asked("origin", "http://evil.example"), (200, false, answer));
    let refused = "invalid host specified\n".to_owned();
    assert_eq!(asked("host", "evil.example"), (403, false, refused));
}

#[test]
fn a_web_page_may_not_open_a_websocket() {
    let server = Asked::start();
    let request = ureq::get(server.url())
        .header("connection", "Upgrade")
        .header("upgrade", "websocket")
        .header("origin", "http://evil.example");
    let request = request.config().http_status_as_error(false).build();
    let mut response = request.call().expect("an answer");
    let text = response.body_mut().read_to_string().expect("text");
    let refused = "origin not allowed\n".to_owned();
    assert_eq!((response.status().as_u16(), text), (403, refused));
}

#[test]
fn a_taken_port_is_told_in_words() {
    let server = Asked::start();
    let address = server.url().replace("http://", "");
    let refused = server.start_another().expect_err("taken").to_string();
    let by = refused
        .strip_prefix(&format!("{address} is taken: server-"))
        .and_then(|rest| {
            rest.strip_suffix(" listens there. Name another --port, or 0 for a free one.")
        })
        .expect("who has it");
    let id = std::process::id();
    assert!(by.ends_with(&format!(" (process {id})")), "{by}");
}

#[test]
fn an_id_comes_back_as_it_was_written() {
    let server = Asked::start();
    for id in [
        "123456789012345678901234567890",
        "1.50",
        "-0",
        "1e3",
        "\"\\u0041\"",
        "null",
        "true",
    ] {
        let request = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"eth_chainId"}}"#);
        let expected = format!(r#"{{"jsonrpc":"2.0","id":{id},"result":"0x64aba"}}"#);
        assert_eq!(server.post(&request), expected);
        assert_eq!(
            server.post(&format!("[{request}]")),
            format!("[{expected}]")
        );
    }
}
