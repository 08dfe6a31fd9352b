//! Errors that a mint passes on from the router and from licensing are declared where its callers look: in IProvenance.sol.
//!
//! Beside this list, every refusal of a mint in these tests is held against that file by `Act::refused`.

use alloy_json_abi::JsonAbi;
use lineage_tests::solidity;
use std::collections::BTreeSet;

/// The router's and licensing's errors that `register` and `consume` never end with.
const RAISED_ELSEWHERE: [&str; 27] = [
    // the router's: paying, sweeping, claiming, handing over
    "AmountTooLarge",
    "AmountZero",
    "AssetCallFailed",
    "AssetWithoutCode",
    "ClaimReserved",
    "EtherRefused",
    "GainTooSmall",
    "InboxDeploymentFailed",
    "LossTooLarge",
    "LossTooSmall",
    "NativeTransferFailed",
    "NotOfferedPayee",
    "NotPayee",
    "PayeeBound",
    "RecipientsDiffer",
    "SweepFailed",
    "UnknownEpoch",
    "UnknownPayee",
    // licensing's: setting terms, handing over
    "CarryNotOffered",
    "ExpiryWithoutExpires",
    "FeeNotOffered",
    "LicenceURITooLong",
    "MinShareTooLarge",
    "NotLicensor",
    "NotOfferedLicensor",
    "UnknownMode",
    "VersionsExhausted",
];

fn signatures(abi: &JsonAbi) -> BTreeSet<String> {
    abi.errors().map(|error| error.signature()).collect()
}

#[test]
fn errors_that_a_mint_passes_on_are_declared_in_its_interface() {
    let declared = signatures(&solidity::abi("IProvenance"));
    for interface in ["IRouter", "ILicensing"] {
        for signature in signatures(&solidity::abi(interface)) {
            let name = signature.split('(').next().expect("a name");
            assert_ne!(
                declared.contains(&signature),
                RAISED_ELSEWHERE.contains(&name),
                "{signature} of {interface}: either a mint can end with it, and IProvenance declares it as it stands, or it is \
                 listed here"
            );
        }
    }
}
