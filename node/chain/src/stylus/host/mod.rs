//! The 42 host calls: what a program may ask, what it pays for it, and the answer (`crates/wasm-libraries/user-host-trait`).
//!
//! The order within each call is Nitro's: what was charged before a failure stays charged.

mod account;
mod call;
mod create;
mod environment;
mod ink;
mod log;
mod math;
mod memory;
mod output;
mod scope;
mod storage;
mod table;
mod transient;

pub(crate) use call::{Pending, SubResult};
pub(crate) use scope::Scope;
pub(crate) use table::FUNCTIONS;

use super::exit::Exit;
use crate::context::Context;
use crate::trace::Detail;
use crate::units::Ink;
use revm::interpreter::FrameInput;

/// A program that waits for an answer, and everything the answer may touch.
pub(crate) struct Host<'a> {
    pub(crate) context: &'a mut Context,
    pub(crate) memory: &'a mut [u8],
    pub(crate) scope: &'a mut Scope,
    /// Ink left.
    pub(crate) ink: Ink,
    /// What the trace is told beside the name and the price.
    pub(crate) detail: Detail,
}

/// How a host call goes on.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The program goes on.
    Nothing,
    /// The program goes on with a 32-bit result.
    I32(u32),
    /// The program goes on with a 64-bit result.
    I64(u64),
    /// Another frame runs first; [`Host::finish`] does the rest with its result.
    Sub(FrameInput, Box<Pending>),
}

impl Host<'_> {
    fn refuse_if_static(&self, what: &str) -> Result<(), Exit> {
        match self.scope.is_static {
            true => Err(Exit::failure(format!("{what} in a static call"))),
            false => Ok(()),
        }
    }
}
