//! Terms: who sets them, what they admit, when they end.

mod admission;
mod children;
mod licensor;
mod rebuild;
mod terms;

use lineage_tests::World;
use lineage_tests::abi::ILicensing::{self, Terms};

fn set_terms(world: &World, work: u64, terms: Terms) -> ILicensing::setTermsCall {
    ILicensing::setTermsCall {
        router: world.router,
        work,
        terms,
        licenceURI: String::from("ipfs://licence"),
    }
}
