//! What a collection and its router say.

use crate::IRenderer::CollectionCallFailed;
use alloc::vec::Vec;
use alloy_sol_types::{sol, SolCall, SolError};
use logic::stipend;
use shell::{call, word, Address, Malformed, Reader, Revert, Word, Writer};

sol!("../interfaces/IProvenance.sol");
sol!("../interfaces/IRouter.sol");

/// More than any answer asked for here can be, but for the name of a collection.
const MAX_ANSWER: usize = 8 * 1024;

/// A collection that follows `IProvenance.sol`.
#[derive(Clone, Copy)]
pub(crate) struct Collection(pub(crate) Address);

/// `IProvenance.Record`.
pub(crate) struct Record<'a> {
    pub(crate) creator: Address,
    pub(crate) output_hash: &'a Word,
    pub(crate) process_root: &'a Word,
    pub(crate) step_count: u16,
    pub(crate) kind: u8,
    pub(crate) royalty: u16,
    pub(crate) source_type: u8,
    pub(crate) claimed_at: u64,
    pub(crate) minted_at: u64,
    pub(crate) title: &'a [u8],
    pub(crate) uri: &'a [u8],
}

impl<'a> Record<'a> {
    /// Reads what [`Collection::record`] answered.
    pub(crate) fn read(answer: &'a [u8]) -> Result<Self, Malformed> {
        let mut fields = Reader::returned(answer).tuple()?;
        Ok(Self {
            creator: fields.address()?,
            output_hash: fields.word()?,
            process_root: fields.word()?,
            step_count: fields.u16()?,
            kind: fields.u8()?,
            royalty: fields.u16()?,
            source_type: fields.u8()?,
            claimed_at: fields.u64()?,
            minted_at: fields.u64()?,
            title: fields.bytes()?,
            uri: fields.bytes()?,
        })
    }
}

/// An edge to a parent.
pub(crate) struct Parent {
    pub(crate) work: u64,
    pub(crate) share: u16,
}

impl Collection {
    /// It did not answer as it should.
    pub(crate) fn failed(self) -> Revert {
        Revert::new(
            CollectionCallFailed::SELECTOR,
            &[word::from_address(self.0)],
        )
    }

    fn ask(self, question: Writer) -> Result<Vec<u8>, Revert> {
        ask_within(self.0, question, stipend::COLLECTION).ok_or_else(|| self.failed())
    }

    /// The record of a token, to be read by [`Record::read`].
    pub(crate) fn record(self, token_id: &Word) -> Result<Vec<u8>, Revert> {
        let question = Writer::call(IProvenance::recordCall::SELECTOR, 1).word(token_id);
        self.ask(question)
    }

    fn text(self, selector: [u8; 4]) -> Result<Vec<u8>, Revert> {
        let answer = self.ask(Writer::call(selector, 0))?;
        let text = Reader::returned(&answer).bytes();
        Ok(text.map_err(|_| self.failed())?.to_vec())
    }

    pub(crate) fn name(self) -> Result<Vec<u8>, Revert> {
        self.text(IProvenance::nameCall::SELECTOR)
    }

    pub(crate) fn symbol(self) -> Result<Vec<u8>, Revert> {
        self.text(IProvenance::symbolCall::SELECTOR)
    }

    /// The token with the earliest claim on a hash.
    pub(crate) fn token_of(self, output_hash: &Word) -> Result<Word, Revert> {
        let question = Writer::call(IProvenance::tokenOfCall::SELECTOR, 1).word(output_hash);
        let answer = self.ask(question)?;
        let token_id = Reader::returned(&answer).word().copied();
        token_id.map_err(|_| self.failed())
    }

    /// The parents of a work in the collection's router; none where the router does not answer, as a program that has
    /// expired does not: a token whose parents cannot be named still has a name and a picture.
    ///
    /// # Errors
    /// `CollectionCallFailed` where the collection names no router, and where there is too little gas to give the router what
    /// it can need: whoever picks the gas of a call cannot make parents vanish.
    pub(crate) fn parents(self, work: u64) -> Result<Vec<Parent>, Revert> {
        let question = Writer::call(IProvenance::routerCall::SELECTOR, 0);
        let answer = self.ask(question)?;
        let router = Reader::returned(&answer).address();
        let router = router.map_err(|_| self.failed())?;
        if !call::can_give(stipend::PARENTS) {
            return Err(self.failed());
        }
        let question = Writer::call(IRouter::parentsCall::SELECTOR, 1).u64(work);
        let edges = ask_within(router, question, stipend::PARENTS);
        Ok(edges
            .and_then(|edges| read_parents(&edges).ok())
            .unwrap_or_default())
    }
}

/// What an account answers with at most this gas; `None` where it fails, or answers more than anybody was asked for.
fn ask_within(whom: Address, question: Writer, gas: u64) -> Option<Vec<u8>> {
    let returned = call::static_call_within(whom, question.as_slice(), gas);
    (returned.success && returned.size() <= MAX_ANSWER).then(|| returned.data(MAX_ANSWER))
}

/// `IRouter.Edge[]`: four words each.
fn read_parents(answer: &[u8]) -> Result<Vec<Parent>, Malformed> {
    Reader::returned(answer)
        .list(4)?
        .map(|mut edge| {
            Ok(Parent {
                work: edge.u64()?,
                share: edge.u16()?,
            })
        })
        .collect()
}
