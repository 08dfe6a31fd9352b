//! Minting.

use crate::request::Request;
use crate::IProvenance::{Locked, WorkMinted};
use crate::{graph, priority, receiver, records, token};
use alloy_sol_types::{SolError, SolEvent};
use logic::priority::Priority;
use logic::record::Record;
use logic::token::Token;
use shell::{host, lock, log, word, Address, Answer, Reader, Revert, Writer};

/// `mint(request)`: the caller is the creator.
///
/// The router comes first, against the order of all other methods, because its answer is the token id; what this
/// contract stores is read and written after it. The receiver is asked last and may transfer and approve, but the lock
/// keeps it from minting.
pub(crate) fn mint(arguments: Reader) -> Answer {
    let request = Request::read(arguments)?;
    if !lock::take() {
        return Err(Revert::new(Locked::SELECTOR, &[]));
    }
    let creator = host::sender();
    let token_id = graph::register(creator, &request)?;

    let now = host::timestamp();
    let claimed_at = priority::dated(
        creator,
        request.output_hash,
        request.process_root,
        request.salt,
        now,
    )?;
    let record = records::keep(&Record {
        creator: *creator.0,
        output_hash: *request.output_hash,
        process_root: *request.process_root,
        claimed_at,
        minted_at: now,
        title: request.title,
        uri: request.uri,
    })?;
    let claim = Priority {
        creator: *creator.0,
        token_id,
    };
    priority::enter(claim, request.output_hash, claimed_at)?;
    let token = Token {
        owner: *request.to.0,
        royalty: request.royalty,
        step_count: request.step_count,
        kind: request.kind,
        source_type: request.source_type,
        record,
    };
    token::give(token_id, token)?;

    let token_id = word::from_u64(token_id);
    log::emit(
        &[
            *WorkMinted::SIGNATURE_HASH,
            token_id,
            word::from_address(creator),
            *request.output_hash,
        ],
        Writer::new(3)
            .word(request.process_root)
            .u64(request.step_count.into())
            .u64(claimed_at)
            .as_slice(),
    );
    receiver::accepts(Address::ZERO, request.to, &token_id, &[])?;
    lock::release();
    Ok(Writer::new(1).word(&token_id).done())
}
