//! Under which terms works admit children: one program for every router.
//!
//! State and events are keyed by the router, and `consume` acts on its caller's alone, so there is no constructor and no
//! privilege, and a false router speaks only for itself.
//!
//! What is stored where: docs/layout.md.
#![no_main]
#![allow(missing_docs)] // the function that #[entrypoint] exports has none, and nothing else here is public

extern crate alloc;

mod consume;
mod entry;
mod licensor;
mod terms;

use alloc::vec::Vec;
use alloy_sol_types::sol;
use stylus_sdk::prelude::*;
use stylus_sdk::{host::VM, ArbResult};

sol!("../interfaces/ILicensing.sol");
sol!("../interfaces/IRouter.sol");

#[entrypoint]
fn main(input: Vec<u8>, _: VM) -> ArbResult {
    shell::routes!(&input, {
        ILicensing::setTermsCall => terms::set_terms,
        ILicensing::offerLicensorCall => licensor::offer_licensor,
        ILicensing::acceptLicensorCall => licensor::accept_licensor,
        ILicensing::consumeCall => consume::consume,
        ILicensing::termsOfCall => terms::terms_of,
        ILicensing::childrenOfCall => terms::children_of,
        ILicensing::licensorOfCall => licensor::licensor_of,
        ILicensing::offeredLicensorOfCall => licensor::offered_licensor_of,
    })
}
