use crate::bytes::{hex, keccak256, unhex};
use logic::{create2, erc6551, erc6551::Account, inbox};

const CANONICAL_REGISTRY: &str = "0x000000006551c19487814612e58FE06813775758";

#[test]
fn create2_address_is_that_of_eip_1014_examples() {
    let cases: [(&str, &str, &[u8], &str); 7] = [
        (
            "0000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            &[0],
            "4d1a2e2bb4f88f0250f26ffff098b0b30b26bf38",
        ),
        (
            "deadbeef00000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            &[0],
            "b928f69bb1d91cd65274e3c79d8986362984fda3",
        ),
        (
            "deadbeef00000000000000000000000000000000",
            "000000000000000000000000feed000000000000000000000000000000000000",
            &[0],
            "d04116cdd17bebe565eb2422f2497e06cc1c9833",
        ),
        (
            "0000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            &[0xde, 0xad, 0xbe, 0xef],
            "70f2b2914a2a4b783faefb75f459a580616fcb5e",
        ),
        (
            "00000000000000000000000000000000deadbeef",
            "00000000000000000000000000000000000000000000000000000000cafebabe",
            &[0xde, 0xad, 0xbe, 0xef],
            "60f3f640a8508fc6a86d45df051962668e1e8ac7",
        ),
        (
            "00000000000000000000000000000000deadbeef",
            "00000000000000000000000000000000000000000000000000000000cafebabe",
            &[0xde, 0xad, 0xbe, 0xef].repeat(11),
            "1d8bfdc5d46dc4f61d6b6115972536ebe6a8854c",
        ),
        (
            "0000000000000000000000000000000000000000",
            "0000000000000000000000000000000000000000000000000000000000000000",
            &[],
            "e33c0c7f7df4809055c3eba6c09cfe4baf1bd9e0",
        ),
    ];
    for (deployer, salt, init_code, expected) in cases {
        let address = create2::address(
            keccak256,
            &unhex(deployer),
            &unhex(salt),
            &keccak256(init_code),
        );
        assert_eq!(hex(&address), expected);
    }
}

fn account() -> Account {
    Account {
        implementation: [0x11; 20],
        salt: [0x22; 32],
        chain_id: [0x33; 32],
        token_contract: [0x44; 20],
        token_id: [0x55; 32],
    }
}

#[test]
fn account_code_is_the_erc_1167_proxy_with_its_token_appended() {
    let code = account().creation_code();

    let head = "3d60ad80600a3d3981f3363d3d373d3d3d363d73";
    let tail = "5af43d82803e903d91602b57fd5bf3";
    let expected = [
        head,
        &"11".repeat(20),
        tail,
        &"22".repeat(32),
        &"33".repeat(32),
        &"00".repeat(12),
        &"44".repeat(20),
        &"55".repeat(32),
    ]
    .concat();
    assert_eq!(hex(&code), expected);
    let runtime = &code[erc6551::CREATION_CODE_LEN - erc6551::RUNTIME_LEN..];
    assert_eq!(runtime[erc6551::TOKEN_OFFSET..][..32], [0x33; 32]);
    assert_eq!(runtime.len(), 0xad);
}

#[test]
fn account_address_depends_on_every_part_and_the_registry() {
    let registry = unhex(CANONICAL_REGISTRY);
    let address = account().address(keccak256, &registry);
    let changed: [fn(&mut Account); 5] = [
        |a| a.implementation[19] ^= 1,
        |a| a.salt[31] ^= 1,
        |a| a.chain_id[31] ^= 1,
        |a| a.token_contract[19] ^= 1,
        |a| a.token_id[31] ^= 1,
    ];
    for change in changed {
        let mut other = account();
        change(&mut other);
        assert_ne!(other.address(keccak256, &registry), address);
    }
    assert_ne!(account().address(keccak256, &[1; 20]), address);
}

#[test]
fn inbox_hash_is_that_of_its_init_code() {
    assert_eq!(inbox::INIT_CODE_HASH, keccak256(&inbox::INIT_CODE));
}

#[test]
fn inbox_address_follows_from_router_chain_and_work() {
    let router = [0xab; 20];
    let encoded = [
        [0u8; 24].as_slice(),
        &412_346u64.to_be_bytes(),
        &[0; 24],
        &7u64.to_be_bytes(),
    ]
    .concat();
    let preimage = [
        &[0xff],
        router.as_slice(),
        &keccak256(&encoded),
        &keccak256(&inbox::INIT_CODE),
    ]
    .concat();

    let address = inbox::address(keccak256, &router, 412_346, 7);

    assert_eq!(address, keccak256(&preimage)[12..]);
}

#[test]
fn inbox_orders_are_an_amount_and_for_a_coin_a_word_and_a_transfers_length_more() {
    let amount = "00".repeat(30) + "0102";
    assert_eq!(hex(&inbox::native_order(0x0102)), amount);
    let expected = [amount, "00".repeat(12), "cd".repeat(20), "00".repeat(36)].concat();
    assert_eq!(hex(&inbox::order(&[0xcd; 20], 0x0102)), expected);
    assert_eq!(expected.len() / 2, 32 + 68);
}
