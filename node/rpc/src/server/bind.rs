//! Taking an address to listen at.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Why a server does not start.
#[derive(Debug, thiserror::Error)]
pub enum BindError {
    /// Someone else listens there.
    #[error("{address} is taken: {by} listens there. Name another --port, or 0 for a free one.")]
    Taken {
        /// Where.
        address: SocketAddr,
        /// Who.
        by: Holder,
    },
    /// The system says no.
    #[error("cannot listen: {0}")]
    Io(#[from] io::Error),
}

/// Who has a port; none if the system does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder(Option<(String, u32)>);

impl Holder {
    /// The program that listens at a port.
    fn of(port: u16) -> Self {
        let listeners = listeners::get_all().unwrap_or_default();
        let listener = listeners.into_iter().find(|listener| {
            listener.socket.port() == port && listener.protocol == listeners::Protocol::TCP
        });
        Self(listener.map(|listener| (listener.process.name, listener.process.pid)))
    }
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some((name, id)) => write!(f, "{name} (process {id})"),
            None => f.write_str("another program"),
        }
    }
}

pub(super) async fn listen(address: SocketAddr) -> Result<TcpListener, BindError> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            io::ErrorKind::AddrInUse => BindError::Taken {
                address,
                by: Holder::of(address.port()),
            },
            _ => error.into(),
        })
}
