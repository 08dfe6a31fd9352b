//! A server of its own for each test, and a way to ask it.
#![allow(dead_code)] // no test needs all of it

use serde_json::{Value, json};
use std::net::SocketAddr;
use std::sync::Arc;
use stylus_chain::chain::{Block, Moment};
use stylus_chain::store::Store as _;
use stylus_node::node::{Chain, Node};
use stylus_node::server::{self, Limits, Running, ServerSettings};
use tokio::runtime::Runtime;

/// A running server.
pub(crate) struct Asked {
    runtime: Runtime,
    running: Running,
    /// What is behind it.
    pub(crate) node: Arc<Node>,
}

impl Asked {
    /// Starts one at a free port.
    pub(crate) fn start() -> Self {
        Self::over(Node::default())
    }

    /// Starts one for a node.
    pub(crate) fn over(node: Node) -> Self {
        Self::within(node, Limits::default())
    }

    /// Starts one for a node that takes no more than this.
    pub(crate) fn within(node: Node, limits: Limits) -> Self {
        let node = Arc::new(node);
        let runtime = Runtime::new().expect("a runtime");
        let settings = ServerSettings {
            address: SocketAddr::from(([127, 0, 0, 1], 0)),
            limits,
            ..ServerSettings::default()
        };
        let running = runtime.block_on(server::start(Arc::clone(&node), &settings));
        let running = running.expect("a free port");
        Self {
            runtime,
            running,
            node,
        }
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        let _ = &self.runtime;
        format!("http://{}", self.running.address())
    }

    /// Posts a body; the text of the answer.
    pub(crate) fn post(&self, body: &str) -> String {
        self.post_as("application/json", body)
    }

    /// Posts a body that is said to be of a kind.
    pub(crate) fn post_as(&self, kind: &str, body: &str) -> String {
        let agent = ureq::Agent::new_with_config(
            ureq::Agent::config_builder()
                .http_status_as_error(false)
                .build(),
        );
        let posted = agent.post(self.url()).content_type(kind).send(body);
        let mut response = posted.expect("an answer");
        let body = response.body_mut().with_config().limit(1 << 28);
        body.read_to_string().expect("text")
    }

    /// The whole answer of a method.
    pub(crate) fn answer(&self, method: &str, params: Value) -> Value {
        let request = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
        serde_json::from_str(&self.post(&request.to_string())).expect("JSON")
    }

    /// What a method answers, if it does not refuse.
    pub(crate) fn ask(&self, method: &str, params: Value) -> Value {
        let mut answer = self.answer(method, params);
        assert_eq!(answer.get("error"), None, "{method}");
        answer["result"].take()
    }
}

impl Asked {
    /// The chain as it is now.
    pub(crate) fn now(&self) -> Moment {
        self.node.chain(Chain::latest).expect("the store works")
    }

    /// The block with this number.
    pub(crate) fn block(&self, number: u64) -> Arc<Block> {
        let block = self.node.chain(|chain| chain.store().block(number));
        block.expect("the store works").expect("a block")
    }

    /// Starts another one at the same port.
    pub(crate) fn start_another(&self) -> Result<Running, server::BindError> {
        let settings = ServerSettings {
            address: self.running.address(),
            ..ServerSettings::default()
        };
        let node = Arc::clone(&self.node);
        self.runtime.block_on(server::start(node, &settings))
    }
}
