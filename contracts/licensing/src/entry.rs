//! What is stored of a work.

use crate::ILicensing::VersionsExhausted;
use alloy_sol_types::SolError;
use logic::terms::Terms;
use shell::{storage, word, Address, Malformed, Reader, Revert, Word};

/// A work of a router, and where its four slots begin.
pub(crate) struct Entry {
    pub(crate) router: Address,
    pub(crate) work: u64,
    slot: Word,
}

/// The slot under which the works of a router lie.
pub(crate) fn name_space(router: Address) -> Word {
    storage::mapping(&word::from_address(router), &word::ZERO)
}

/// The terms of a work in a router's name space.
pub(crate) fn terms_in(name_space: &Word, work: u64) -> Terms {
    Terms::from_word(&storage::load(&slot_in(name_space, work)))
}

fn slot_in(name_space: &Word, work: u64) -> Word {
    storage::mapping(&word::from_u64(work), name_space)
}

impl Entry {
    /// The work that the next two arguments, router and id, name.
    pub(crate) fn read(arguments: &mut Reader) -> Result<Self, Malformed> {
        let router = arguments.address()?;
        let work = arguments.u64()?;
        Ok(Self {
            router,
            work,
            slot: slot_in(&name_space(router), work),
        })
    }

    pub(crate) fn terms(&self) -> Terms {
        Terms::from_word(&storage::load(&self.slot))
    }

    pub(crate) fn set_terms(&self, terms: Terms) {
        storage::store(&self.slot, &terms.to_word());
    }

    /// The version that a change of `terms` makes.
    pub(crate) fn next_version(&self, terms: &Terms) -> Result<u32, Revert> {
        terms
            .next_version()
            .ok_or_else(|| Revert::new(VersionsExhausted::SELECTOR, &[word::from_u64(self.work)]))
    }

    pub(crate) fn licence_hash(&self) -> Word {
        storage::load(&storage::after(&self.slot, 1))
    }

    pub(crate) fn set_licence_hash(&self, hash: &Word) {
        storage::store(&storage::after(&self.slot, 1), hash);
    }

    /// Who took the creator's place as licensor; zero where nobody did.
    pub(crate) fn successor(&self) -> Address {
        word::low_address(&storage::load(&storage::after(&self.slot, 2)))
    }

    pub(crate) fn set_successor(&self, successor: Address) {
        storage::store(
            &storage::after(&self.slot, 2),
            &word::from_address(successor),
        );
    }

    /// To whom the licensor's place is offered; zero where to nobody.
    pub(crate) fn offered(&self) -> Address {
        word::low_address(&storage::load(&storage::after(&self.slot, 3)))
    }

    pub(crate) fn set_offered(&self, offered: Address) {
        storage::store(&storage::after(&self.slot, 3), &word::from_address(offered));
    }
}
