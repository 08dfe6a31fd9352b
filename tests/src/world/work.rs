//! Registering works, step by step.

use super::{Act, World};
use crate::abi::{ILicensing, IRouter};
use alloy_primitives::{Address, B256};

/// A work about to be registered by a collection, which may be any account.
#[derive(Debug)]
pub struct Registration<'w> {
    world: &'w mut World,
    collection: Address,
    call: IRouter::registerCall,
}

impl World {
    /// A work of `creator` in a collection; without parents, and paid to its creator, unless told otherwise.
    pub fn work(&mut self, collection: Address, creator: Address) -> Registration<'_> {
        let call = IRouter::registerCall {
            creator,
            kind: 0,
            parents: Vec::new(),
            payees: Vec::new(),
        };
        Registration {
            world: self,
            collection,
            call,
        }
    }

    /// Registers a work and opens it to children of any share. Answers its id.
    pub fn open_work(
        &mut self,
        collection: Address,
        creator: Address,
        parents: &[(u64, u16)],
    ) -> u64 {
        let work = self.work(collection, creator).parents(parents).register();
        self.open(work, creator, 0);
        work
    }

    /// Opens a work to children that give it at least this share.
    pub fn open(&mut self, work: u64, licensor: Address, min_share: u16) {
        let terms = open_terms(min_share);
        let call = ILicensing::setTermsCall {
            router: self.router,
            work,
            terms,
            licenceURI: String::new(),
        };
        self.act(licensor, self.licensing, call).done();
    }

    /// The version of a work's terms now.
    #[must_use]
    pub fn terms_version(&self, work: u64) -> u32 {
        self.view(
            self.licensing,
            ILicensing::termsOfCall {
                router: self.router,
                work,
            },
        )
        .version
    }
}

/// Terms that admit any child which gives this share.
#[must_use]
pub fn open_terms(min_share: u16) -> ILicensing::Terms {
    ILicensing::Terms {
        mode: 1,
        minShare: min_share,
        carry: false,
        expires: false,
        expiry: 0,
        children: 0,
        fee: 0,
        asset: Address::ZERO,
        licenceHash: B256::ZERO,
    }
}

impl<'w> Registration<'w> {
    /// Names parents and shares, under the terms they have now.
    pub fn parents(mut self, parents: &[(u64, u16)]) -> Self {
        self.call.parents = (parents.iter())
            .map(|(work, share)| {
                let version = self.world.terms_version(*work);
                IRouter::Parent {
                    work: *work,
                    share: *share,
                    version,
                    cover: 0,
                }
            })
            .collect();
        self
    }

    /// Names payees and their shares.
    pub fn payees(mut self, payees: &[(Address, u16)]) -> Self {
        let payee = |(account, share): &(Address, u16)| IRouter::Payee {
            account: *account,
            share: *share,
            role: 0,
        };
        self.call.payees = payees.iter().map(payee).collect();
        self
    }

    /// Says what the payees named before are, in order.
    pub fn roles(mut self, roles: &[u8]) -> Self {
        for (payee, role) in self.call.payees.iter_mut().zip(roles) {
            payee.role = *role;
        }
        self
    }

    /// Says what the work is.
    pub fn kind(mut self, kind: u8) -> Self {
        self.call.kind = kind;
        self
    }

    /// The transaction, for tests that look at how it ends.
    pub fn act(self) -> Act<'w, IRouter::registerCall> {
        let router = self.world.router;
        self.world.act(self.collection, router, self.call)
    }

    /// Registers it and answers its id.
    pub fn register(self) -> u64 {
        self.act().done().answer()
    }
}
