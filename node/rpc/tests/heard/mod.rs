//! A WebSocket client (RFC 6455) that can do what a test needs: short text frames.

use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A connection.
pub(crate) struct Heard {
    stream: TcpStream,
}

impl Heard {
    /// Connects to where a URL points.
    pub(crate) fn at(url: &str) -> Self {
        let address = url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("a connection");
        // what is never told is a failure, and no wait without end
        let longest = Some(Duration::from_secs(30));
        stream.set_read_timeout(longest).expect("a longest wait");
        let asked = format!(
            "GET / HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        );
        stream.write_all(asked.as_bytes()).expect("sent");
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a head");
            head.extend(byte);
        }
        assert!(head.starts_with(b"HTTP/1.1 101"));
        Self { stream }
    }

    /// Sends a request.
    pub(crate) fn send(&mut self, method: &str, params: Value) {
        let text = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        let text = text.to_string();
        let length = u16::try_from(text.len()).expect("a short text");
        // one text frame, masked by zeros
        let mut frame = vec![0x81, 0x80 | 126];
        frame.extend(length.to_be_bytes());
        frame.extend([0; 4]);
        frame.extend(text.as_bytes());
        self.stream.write_all(&frame).expect("sent");
    }

    /// The next message.
    pub(crate) fn next(&mut self) -> Value {
        let mut head = [0; 2];
        self.stream.read_exact(&mut head).expect("a frame");
        assert_eq!(head[0], 0x81, "one text frame");
        let mut length = usize::from(head[1]);
        if length == 126 {
            let mut bytes = [0; 2];
            self.stream.read_exact(&mut bytes).expect("a length");
            length = usize::from(u16::from_be_bytes(bytes));
        }
        let mut text = vec![0; length];
        self.stream.read_exact(&mut text).expect("a text");
        serde_json::from_slice(&text).expect("JSON")
    }

    /// The result of a request.
    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        self.send(method, params);
        let mut answer = self.next();
        assert_eq!(answer.get("error"), None, "{method}");
        answer["result"].take()
    }

    /// What a subscription tells next.
    pub(crate) fn told(&mut self, subscription: &Value) -> Value {
        let mut told = self.next();
        assert_eq!(told["method"], json!("eth_subscription"));
        assert_eq!(&told["params"]["subscription"], subscription);
        told["params"]["result"].take()
    }
}
