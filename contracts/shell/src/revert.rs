//! Revert data: a typed error's selector and its words.

use crate::abi::{Malformed, Writer};
use crate::word::Word;
use alloc::vec::Vec;
use alloy_sol_types::{sol, SolError};

sol! {
    error UnknownSelector(bytes4 selector);
    error ValueNotAccepted(uint256 value);
    error MalformedCalldata(uint256 offset);
    error AlreadyConstructed();
}

/// The data a call reverts with.
#[derive(Clone, Debug)]
pub struct Revert(pub Vec<u8>);

impl Revert {
    /// An error of static words: `Revert::new(UnknownWork::SELECTOR, &[word::from_u64(work)])`.
    #[must_use]
    #[inline(never)]
    pub fn new(selector: [u8; 4], words: &[Word]) -> Self {
        let mut writer = Writer::call(selector, words.len());
        for word in words {
            writer = writer.word(word);
        }
        Self(writer.done())
    }

    /// No function has this selector.
    #[must_use]
    pub fn unknown_selector(selector: [u8; 4]) -> Self {
        Self::new(
            UnknownSelector::SELECTOR,
            &[crate::word::from_selector(selector)],
        )
    }

    /// The function takes no native value.
    #[must_use]
    pub fn value_not_accepted(value: &Word) -> Self {
        Self::new(ValueNotAccepted::SELECTOR, &[*value])
    }

    /// The constructor has run before.
    #[must_use]
    pub fn already_constructed() -> Self {
        Self::new(AlreadyConstructed::SELECTOR, &[])
    }
}

impl From<Malformed> for Revert {
    fn from(malformed: Malformed) -> Self {
        Self::new(
            MalformedCalldata::SELECTOR,
            &[crate::word::from_u64(malformed.0 as u64)],
        )
    }
}
