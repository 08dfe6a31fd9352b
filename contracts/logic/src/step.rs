//! Steps of a creative process, and the leaves that commit to them.

use crate::word;

/// keccak256("lineage.step.v1").
pub const DOMAIN: [u8; 32] = [
    0xd3, 0x10, 0x92, 0xf3, 0x25, 0xa5, 0xf7, 0x74, 0x4a, 0x1e, 0x89, 0xbe, 0x9f, 0x6d, 0xb9, 0x49,
    0x86, 0x05, 0x85, 0x04, 0x5d, 0x2b, 0x2e, 0x87, 0xc3, 0x66, 0x0d, 0x84, 0xec, 0xbd, 0x1b, 0x21,
];

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum StepKind {
    /// What was asked for.
    Prompt = 0,
    /// What answered.
    Model = 1,
    /// What it was trained or conditioned on.
    Dataset = 2,
    /// Seed, sampler, strength and the like.
    Parameters = 3,
    /// A program used.
    Tool = 4,
    /// A change by hand.
    Edit = 5,
    /// A result, final or on the way.
    Output = 6,
    /// Anything else.
    Other = 7,
}

impl StepKind {
    /// Every kind, in the order of its code.
    pub const ALL: [Self; 8] = [
        Self::Prompt,
        Self::Model,
        Self::Dataset,
        Self::Parameters,
        Self::Tool,
        Self::Edit,
        Self::Output,
        Self::Other,
    ];

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: u8) -> Option<Self> {
        Self::ALL.get(usize::from(code)).copied()
    }

    /// The name readers see.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Prompt => "prompt",
            Self::Model => "model",
            Self::Dataset => "dataset",
            Self::Parameters => "parameters",
            Self::Tool => "tool",
            Self::Edit => "edit",
            Self::Output => "output",
            Self::Other => "other",
        }
    }
}

/// One step as its leaf commits to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it is.
    pub kind: StepKind,
    /// Hash of its content.
    pub content_hash: [u8; 32],
    /// Hash of what is said about it.
    pub meta_hash: [u8; 32],
    /// Random, so that a short prompt cannot be guessed from its leaf.
    pub salt: [u8; 32],
}

/// The leaf of step `index` of `count`: H(H(abi.encode(domain, creator, index, count, kind, contentHash, metaHash,
/// salt))).
///
/// Creator, index and count are inside, so a copied root proves nothing for the copier, and each proof says which step of
/// how many it is. A root may hold two leaves of one index: only all steps together prove the whole. Hashed twice, as in @openzeppelin/merkle-tree, so that no inner node passes for a leaf.
#[must_use]
pub fn leaf(
    keccak256: impl Fn(&[u8]) -> [u8; 32],
    creator: &[u8; 20],
    index: u16,
    count: u16,
    step: &Step,
) -> [u8; 32] {
    let encoded = [
        DOMAIN,
        word::address(creator),
        word::uint(index.into()),
        word::uint(count.into()),
        word::uint(step.kind as u64),
        step.content_hash,
        step.meta_hash,
        step.salt,
    ];
    keccak256(&keccak256(encoded.as_flattened()))
}
