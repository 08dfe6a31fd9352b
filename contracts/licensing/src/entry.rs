//! What is stored of a work. A slot's number is its key written out, as in the router:
//!
//! ```text
//! byte 0  1..4  4..12  12..32
//!      what     work   router
//! ```

use crate::ILicensing::VersionsExhausted;
use alloy_sol_types::SolError;
use logic::children::Children;
use logic::terms::Terms;
use shell::{storage, word, Address, Malformed, Reader, Revert, Word};

const TERMS: u8 = 1;
const LICENCE_HASH: u8 = 2;
const SUCCESSOR: u8 = 3;
const OFFERED: u8 = 4;
const CHILDREN: u8 = 5;

/// A work of a router.
pub(crate) struct Entry {
    pub(crate) router: Address,
    pub(crate) work: u64,
}

impl Entry {
    /// The work that the next two arguments, router and id, name.
    pub(crate) fn read(arguments: &mut Reader) -> Result<Self, Malformed> {
        Ok(Self {
            router: arguments.address()?,
            work: arguments.u64()?,
        })
    }

    fn key(&self, what: u8) -> Word {
        let mut key = word::from_address(self.router);
        if let Some(head) = key.first_chunk_mut::<12>() {
            let fields = u128::from(what) << 120 | u128::from(self.work) << 32;
            if let Some(bytes) = fields.to_be_bytes().first_chunk::<12>() {
                *head = *bytes;
            }
        }
        key
    }

    pub(crate) fn terms(&self) -> Terms {
        Terms::from_word(&storage::load(&self.key(TERMS)))
    }

    pub(crate) fn set_terms(&self, terms: Terms) {
        storage::store(&self.key(TERMS), &terms.to_word());
    }

    /// The version that a change of `terms` makes.
    pub(crate) fn next_version(&self, terms: &Terms) -> Result<u32, Revert> {
        terms
            .next_version()
            .ok_or_else(|| Revert::new(VersionsExhausted::SELECTOR, &[word::from_u64(self.work)]))
    }

    pub(crate) fn licence_hash(&self) -> Word {
        storage::load(&self.key(LICENCE_HASH))
    }

    pub(crate) fn set_licence_hash(&self, hash: &Word) {
        storage::store(&self.key(LICENCE_HASH), hash);
    }

    /// Who took the creator's place as licensor; zero where nobody did.
    pub(crate) fn successor(&self) -> Address {
        word::low_address(&storage::load(&self.key(SUCCESSOR)))
    }

    pub(crate) fn set_successor(&self, successor: Address) {
        storage::store(&self.key(SUCCESSOR), &word::from_address(successor));
    }

    /// The count of children, where their number is limited.
    pub(crate) fn children(&self) -> Children {
        Children::from_word(&storage::load(&self.key(CHILDREN)))
    }

    pub(crate) fn set_children(&self, children: Children) {
        storage::store(&self.key(CHILDREN), &children.to_word());
    }

    /// To whom the licensor's place is offered; zero where to nobody.
    pub(crate) fn offered(&self) -> Address {
        word::low_address(&storage::load(&self.key(OFFERED)))
    }

    pub(crate) fn set_offered(&self, offered: Address) {
        storage::store(&self.key(OFFERED), &word::from_address(offered));
    }
}
