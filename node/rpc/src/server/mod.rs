//! The server: JSON-RPC over HTTP and WebSocket at one address.

mod bind;
mod http;
mod limits;
mod message;
mod origin;
mod websocket;

pub use bind::{BindError, Holder};
pub use limits::Limits;

use crate::api::Api;
use crate::node::Node;
use jsonrpsee::core::middleware::RpcServiceBuilder;
use jsonrpsee::server::{Server, ServerConfig, ServerHandle};
use origin::Origins;
use std::net::SocketAddr;
use std::sync::Arc;
use tower::ServiceBuilder;
use tower_http::cors::{AllowOrigin, Any, CorsLayer};

/// What a server is told.
#[derive(Clone, Debug)]
pub struct ServerSettings {
    /// Where it listens; port 0 takes a free one.
    pub address: SocketAddr,
    /// What it takes at most.
    pub limits: Limits,
    /// Web pages that may ask it, by origin; `*` is every one. None by default.
    pub origins: Vec<String>,
    /// Names that it answers to besides `localhost`. None by default.
    pub hosts: Vec<String>,
}

impl Default for ServerSettings {
    fn default() -> Self {
        Self {
            address: SocketAddr::from(([127, 0, 0, 1], 8547)),
            limits: Limits::default(),
            origins: Vec::new(),
            hosts: Vec::new(),
        }
    }
}

/// A server that runs until it is stopped or dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    handle: ServerHandle,
}

impl Running {
    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Stops it, and waits until what it was asked is answered.
    pub async fn stop(self) {
        // one that has stopped already is what is wanted
        let _ = self.handle.stop();
        self.handle.stopped().await;
    }
}

/// Starts a server for a node.
///
/// # Errors
/// A [`BindError`] if the address cannot be had.
pub async fn start(node: Arc<Node>, settings: &ServerSettings) -> Result<Running, BindError> {
    let limits = settings.limits;
    let listener = bind::listen(settings.address).await?;
    let address = listener.local_addr()?;
    let api = Arc::new(Api::new(node));
    let subscriptions = api.subscriptions.clone();
    let config = ServerConfig::builder()
        .max_request_body_size(limits.body)
        .max_response_body_size(limits.answer)
        .max_connections(limits.connections)
        .max_subscriptions_per_connection(limits.subscriptions)
        .set_id_provider(websocket::Ids)
        .build();
    let origins = Origins::new(&settings.origins, &settings.hosts);
    let posts = http::Posts::new(Arc::clone(&api), limits, origins);
    let calls = websocket::Calls::new(api, limits);
    let server = Server::builder()
        .set_config(config)
        .set_http_middleware(
            ServiceBuilder::new()
                .layer(cors(&settings.origins))
                .layer(posts),
        )
        .set_rpc_middleware(RpcServiceBuilder::new().layer(calls))
        .build_from_tcp(listener.into_std()?)?;
    let handle = server.start(subscriptions);
    Ok(Running { address, handle })
}

/// Which web pages may ask.
fn cors(origins: &[String]) -> CorsLayer {
    let allowed = if origins.iter().any(|origin| origin == "*") {
        AllowOrigin::any()
    } else {
        AllowOrigin::list(origins.iter().filter_map(|origin| origin.parse().ok()))
    };
    CorsLayer::new()
        .allow_origin(allowed)
        .allow_methods(Any)
        .allow_headers(Any)
}
