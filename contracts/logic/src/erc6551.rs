//! The account proxies of ERC-6551.
//!
//! Runtime, 173 bytes: an ERC-1167 proxy of the implementation with salt, chain id, token contract and token id appended,
//! a word each. The ten bytes before it deploy it.

use crate::{create2, word};

/// Bytes of the creation code.
pub const CREATION_CODE_LEN: usize = 183;
/// Bytes of the runtime.
pub const RUNTIME_LEN: usize = 173;
/// Where in the runtime chain id, token contract and token id begin, a word each.
pub const TOKEN_OFFSET: usize = 0x4d;

const DEPLOYER: [u8; 10] = [0x3d, 0x60, 0xad, 0x80, 0x60, 0x0a, 0x3d, 0x39, 0x81, 0xf3];
const PROXY_HEAD: [u8; 10] = [0x36, 0x3d, 0x3d, 0x37, 0x3d, 0x3d, 0x3d, 0x36, 0x3d, 0x73];
const PROXY_TAIL: [u8; 15] = [
    0x5a, 0xf4, 0x3d, 0x82, 0x80, 0x3e, 0x90, 0x3d, 0x91, 0x60, 0x2b, 0x57, 0xfd, 0x5b, 0xf3,
];

/// What an account is bound to and runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The code its proxy delegates to.
    pub implementation: [u8; 20],
    /// Tells accounts of one token and implementation apart.
    pub salt: [u8; 32],
    /// The chain the token lives on, a uint256.
    pub chain_id: [u8; 32],
    /// The token's contract.
    pub token_contract: [u8; 20],
    /// The token, a uint256.
    pub token_id: [u8; 32],
}

impl Account {
    /// The code that creates the account; its last 173 bytes are the runtime.
    #[must_use]
    pub fn creation_code(&self) -> [u8; CREATION_CODE_LEN] {
        let mut code = [0; CREATION_CODE_LEN];
        code[..10].copy_from_slice(&DEPLOYER);
        code[10..20].copy_from_slice(&PROXY_HEAD);
        code[20..40].copy_from_slice(&self.implementation);
        code[40..55].copy_from_slice(&PROXY_TAIL);
        code[55..87].copy_from_slice(&self.salt);
        code[87..119].copy_from_slice(&self.chain_id);
        code[119..151].copy_from_slice(&word::address(&self.token_contract));
        code[151..].copy_from_slice(&self.token_id);
        code
    }

    /// The address the account has, or would have, when `registry` creates it.
    #[must_use]
    pub fn address(&self, keccak256: impl Fn(&[u8]) -> [u8; 32], registry: &[u8; 20]) -> [u8; 20] {
        let init_code_hash = keccak256(&self.creation_code());
        create2::address(keccak256, registry, &self.salt, &init_code_hash)
    }
}
