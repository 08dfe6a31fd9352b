//! The ERC-20 that the demo carries is the one whose source lies here.

use lineage_tests::solidity::creation_code;

#[test]
fn coin_of_the_demo_is_compiled_from_its_source() {
    let carried = hex::decode(lineage::demo::COIN.trim()).expect("hex");
    assert_eq!(
        carried,
        creation_code("Coin"),
        "cli/src/demo/coin.hex is not what solc makes of tests/solidity/Coin.sol"
    );
}
