//! What a creator asks to mint, checked as far as calldata alone allows.

use crate::IProvenance::{
    OutputHashZero, RoyaltyTooLarge, TitleInvalid, TitleTooLong, UnknownSourceType, UriInvalid,
    UriTooLong,
};
use alloy_sol_types::SolError;
use logic::source_type::SourceType;
use logic::title::{self, TitleError};
use logic::uri::{Uri, UriError};
use shell::{word, Address, List, Reader, Revert, Word};

/// The most a creator may ask of a sale, in basis points.
const MAX_ROYALTY: u16 = 5_000;

/// `IProvenance.MintRequest`.
pub(crate) struct Request<'a> {
    pub(crate) to: Address,
    pub(crate) output_hash: &'a Word,
    pub(crate) process_root: &'a Word,
    pub(crate) step_count: u16,
    pub(crate) kind: u8,
    pub(crate) royalty: u16,
    pub(crate) source_type: u8,
    pub(crate) title: &'a [u8],
    pub(crate) uri: &'a [u8],
    pub(crate) salt: &'a Word,
    /// Four words each, for the router to judge.
    pub(crate) parents: List<'a>,
    /// Three words each, for the router to judge.
    pub(crate) payees: List<'a>,
}

impl<'a> Request<'a> {
    /// Reads and checks a request.
    pub(crate) fn read(mut arguments: Reader<'a>) -> Result<Self, Revert> {
        let mut fields = arguments.tuple()?;
        let request = Self {
            to: fields.address()?,
            output_hash: fields.word()?,
            process_root: fields.word()?,
            step_count: fields.u16()?,
            kind: fields.u8()?,
            royalty: fields.u16()?,
            source_type: fields.u8()?,
            title: fields.bytes()?,
            uri: fields.bytes()?,
            salt: fields.word()?,
            parents: fields.list(4)?,
            payees: fields.list(3)?,
        };
        request.check()?;
        Ok(request)
    }

    fn check(&self) -> Result<(), Revert> {
        if *self.output_hash == word::ZERO {
            return Err(Revert::new(OutputHashZero::SELECTOR, &[]));
        }
        if self.royalty > MAX_ROYALTY {
            return Err(beyond(
                RoyaltyTooLarge::SELECTOR,
                self.royalty.into(),
                MAX_ROYALTY.into(),
            ));
        }
        if SourceType::from_code(self.source_type).is_none() {
            return Err(Revert::new(
                UnknownSourceType::SELECTOR,
                &[word::from_u64(self.source_type.into())],
            ));
        }
        title::check(self.title).map_err(title_refusal)?;
        Uri::parse(self.uri).map_err(uri_refusal)?;
        Ok(())
    }
}

fn beyond(selector: [u8; 4], got: usize, max: usize) -> Revert {
    Revert::new(
        selector,
        &[word::from_u64(got as u64), word::from_u64(max as u64)],
    )
}

fn title_refusal(error: TitleError) -> Revert {
    match error {
        TitleError::TooLong { got, max } => beyond(TitleTooLong::SELECTOR, got, max),
        TitleError::Invalid { offset } => {
            Revert::new(TitleInvalid::SELECTOR, &[word::from_u64(offset as u64)])
        }
    }
}

fn uri_refusal(error: UriError) -> Revert {
    match error {
        UriError::TooLong { got, max } => beyond(UriTooLong::SELECTOR, got, max),
        UriError::Invalid => Revert::new(UriInvalid::SELECTOR, &[]),
    }
}
