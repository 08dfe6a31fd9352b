//! Taking an address to listen at.

use std::io;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Someone else listens there.
    #[error(
        "{0} is taken: another program listens there. Name another --port, or 0 for a free one."
    )]
    Taken(SocketAddr),
    /// The system says no.
    #[error("cannot listen: {0}")]
    Io(#[from] io::Error),
}

pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => BindError::Taken(address),
            _ => error.into(),
        })
}
