//! Minting works of the shared collection, step by step.

use super::{Act, World};
use crate::abi::IProvenance::{self, MintRequest};
use alloy_primitives::{Address, B256, keccak256};
use alloy_sol_types::SolValue;

/// A work about to be minted by its creator.
#[derive(Debug)]
pub struct Minting<'w> {
    world: &'w mut World,
    creator: Address,
    collection: Address,
    request: MintRequest,
}

impl World {
    /// A work of `creator`, given to itself; without parents, two steps, no royalty, and an output of its own unless told
    /// otherwise.
    pub fn mint(&mut self, creator: Address) -> Minting<'_> {
        let number = self.chain.block_number();
        let request = MintRequest {
            to: creator,
            outputHash: keccak256(format!("output {number}")),
            processRoot: keccak256(format!("process {number}")),
            stepCount: 2,
            kind: 0,
            royalty: 0,
            sourceType: 0,
            title: String::from("Twenty bytes of name"),
            uri: Vec::new().into(),
            salt: B256::ZERO,
            parents: Vec::new(),
            payees: Vec::new(),
        };
        let collection = self.provenance;
        Minting {
            world: self,
            creator,
            collection,
            request,
        }
    }

    /// Mints a work and opens it to children of any share. Answers its id.
    pub fn mint_open(&mut self, creator: Address) -> u64 {
        let work = self.mint(creator).send();
        self.open(work, creator, 0);
        work
    }

    /// Dates the claim of a mint to come.
    pub fn commit(&mut self, creator: Address, request: &MintRequest) {
        let call = IProvenance::commitCall {
            commitment: commitment(creator, request),
        };
        self.act(creator, self.provenance, call).done();
    }
}

/// What a creator commits before a mint: H(abi.encode(domain, creator, outputHash, processRoot, salt)).
#[must_use]
pub fn commitment(creator: Address, request: &MintRequest) -> B256 {
    let domain = keccak256("lineage.commitment.v1");
    keccak256(
        (
            domain,
            creator,
            request.outputHash,
            request.processRoot,
            request.salt,
        )
            .abi_encode(),
    )
}

impl<'w> Minting<'w> {
    /// Names it.
    pub fn title(mut self, title: &str) -> Self {
        title.clone_into(&mut self.request.title);
        self
    }

    /// Mints in this collection instead of the shared one.
    pub fn collection(mut self, collection: Address) -> Self {
        self.collection = collection;
        self
    }

    /// Names parents and shares, under the terms they have now.
    pub fn parents(mut self, parents: &[(u64, u16)]) -> Self {
        self.request.parents = (parents.iter())
            .map(|(work, share)| {
                let version = self.world.terms_version(*work);
                IProvenance::Parent {
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
        let payee = |(account, share): &(Address, u16)| IProvenance::Payee {
            account: *account,
            share: *share,
            role: 0,
        };
        self.request.payees = payees.iter().map(payee).collect();
        self
    }

    /// Changes anything of the request.
    pub fn with(mut self, change: impl FnOnce(&mut MintRequest)) -> Self {
        change(&mut self.request);
        self
    }

    /// What would be sent.
    #[must_use]
    pub fn request(&self) -> MintRequest {
        self.request.clone()
    }

    /// The time of the block that would hold it.
    #[must_use]
    pub fn now(&self) -> u64 {
        self.world.chain.timestamp()
    }

    /// The transaction, for tests that look at how it ends.
    pub fn act(self) -> Act<'w, IProvenance::mintCall> {
        self.world.act(
            self.creator,
            self.collection,
            IProvenance::mintCall {
                request: self.request,
            },
        )
    }

    /// Mints it and answers its id, as work and as token.
    pub fn send(self) -> u64 {
        self.act().done().answer().to()
    }
}
