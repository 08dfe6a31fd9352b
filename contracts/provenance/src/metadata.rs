//! Names and pictures: ERC-721 Metadata, ERC-4906, ERC-7572, and the renderer that writes them.

use crate::IProvenance::{
    BatchMetadataUpdate, ContractURIUpdated, RendererChanged, RendererFailed,
};
use crate::{bytes, owner, slots, token};
use alloc::vec::Vec;
use alloy_sol_types::{sol, SolCall, SolError, SolEvent};
use logic::stipend;
use shell::{call, host, log, storage, word, Address, Answer, Reader, Revert, Word, Writer};

sol!("../interfaces/IRenderer.sol");

/// The most a renderer may answer: beyond it nothing is copied.
const MAX_ANSWER: usize = 32 * 1024;

fn string(bytes: &[u8]) -> Vec<u8> {
    let words = (bytes.len() >> 5).wrapping_add(3);
    Writer::new(words).size(32).bytes(bytes).done()
}

pub(crate) fn name(_: Reader) -> Answer {
    Ok(string(&bytes::load(&slots::NAME)))
}

pub(crate) fn symbol(_: Reader) -> Answer {
    Ok(string(&bytes::load(&slots::SYMBOL)))
}

fn current_renderer() -> Address {
    word::low_address(&storage::load(&slots::RENDERER))
}

/// Asks the renderer, and answers the string it answers.
fn rendered(question: &[u8]) -> Answer {
    let renderer = current_renderer();
    let failed = || Revert::new(RendererFailed::SELECTOR, &[word::from_address(renderer)]);
    let returned = call::static_call_within(renderer, question, stipend::RENDER);
    if !returned.success || returned.size() > MAX_ANSWER {
        return Err(failed());
    }
    let answer = returned.data(MAX_ANSWER);
    let text = Reader::returned(&answer).bytes().map_err(|_| failed())?;
    Ok(string(text))
}

/// `tokenURI(tokenId)`.
pub(crate) fn token_uri(mut arguments: Reader) -> Answer {
    let token_id = arguments.word()?;
    token::existing(token_id)?;
    let question = Writer::call(IRenderer::tokenURICall::SELECTOR, 2)
        .address(host::this())
        .word(token_id);
    rendered(question.as_slice())
}

/// `contractURI()`.
pub(crate) fn contract_uri(_: Reader) -> Answer {
    let question = Writer::call(IRenderer::contractURICall::SELECTOR, 1).address(host::this());
    rendered(question.as_slice())
}

pub(crate) fn renderer(_: Reader) -> Answer {
    Ok(Writer::new(1).address(current_renderer()).done())
}

/// Stores the renderer and says so.
pub(crate) fn put_renderer(renderer: Address) {
    let renderer = word::from_address(renderer);
    storage::store(&slots::RENDERER, &renderer);
    log::emit(&[*RendererChanged::SIGNATURE_HASH, renderer], &[]);
}

/// `setRenderer(renderer)`: every picture may be another from now on.
pub(crate) fn set_renderer(mut arguments: Reader) -> Answer {
    const ALL: [Word; 2] = [word::ZERO, [0xff; 32]];
    let renderer = arguments.address()?;
    owner::only_owner()?;
    put_renderer(renderer);
    log::emit(&[*BatchMetadataUpdate::SIGNATURE_HASH], ALL.as_flattened());
    log::emit(&[*ContractURIUpdated::SIGNATURE_HASH], &[]);
    Ok(Vec::new())
}
