//! The provenance record: minting, claims, and the ERC-721 around them.

mod agreement;
mod approval;
mod callback;
pub(crate) mod claims;
mod collections;
mod commitment;
mod layout;
mod lineage;
mod mint;
mod owner;
mod receiver;
mod record;
mod request;
mod royalty;
mod steps;
mod supports;
mod transfer;
