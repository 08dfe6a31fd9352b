//! The constructor.

use crate::{bytes, metadata, owner, slots};
use alloc::vec::Vec;
use shell::{storage, word, Answer, Reader};

/// `(address router, address renderer, address owner, string name, string symbol)`.
pub(crate) fn construct(mut arguments: Reader) -> Answer {
    let router = arguments.address()?;
    let renderer = arguments.address()?;
    let owner = arguments.address()?;
    let name = arguments.bytes()?;
    let symbol = arguments.bytes()?;

    storage::store(&slots::ROUTER, &word::from_address(router));
    metadata::put_renderer(renderer);
    bytes::store(&slots::NAME, name);
    bytes::store(&slots::SYMBOL, symbol);
    owner::start(owner)?;
    Ok(Vec::new())
}
