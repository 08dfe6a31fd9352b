//! Where the picture is.

use super::token;
use alloy_primitives::{B256, b256};
use lineage_tests::World;

#[test]
fn picture_is_where_the_uri_says() {
    let mut world = World::new();
    let alice = world.alice;
    let digest = b256!("c3c4733ec8affd06cf9e9ff50ffc6bcd2ec85a6170004bb709669c31de94391a");
    let scheme = |scheme: u8| [&[scheme][..], digest.as_slice()].concat();
    // Worked out with Python's base64 module.
    let links = [
        (
            scheme(1),
            "ipfs://bafkreigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
        ),
        (
            scheme(2),
            "ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi",
        ),
        (
            scheme(3),
            "ar://w8RzPsiv_QbPnp_1D_xrzS7IWmFwAEu3CWacMd6UORo",
        ),
        (
            b"https://example.org/a%20b?c=d&e='f'#[g]~!$*+,;:@".to_vec(),
            "https://example.org/a%20b?c=d&e='f'#[g]~!$*+,;:@",
        ),
    ];
    for (uri, link) in links {
        let work = world
            .mint(alice)
            .with(|request| request.uri = uri.into())
            .send();
        assert_eq!(token(&world, work)["image"], link);
    }
}

#[test]
fn picture_without_a_uri_is_the_file_itself() {
    let mut world = World::new();
    let alice = world.alice;
    let file = b256!("c3c4733ec8affd06cf9e9ff50ffc6bcd2ec85a6170004bb709669c31de94391a");
    let work = world
        .mint(alice)
        .with(|request| request.outputHash = file)
        .send();
    let link = "ipfs://bafkreigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi";
    assert_eq!(token(&world, work)["image"], link);
}

#[test]
fn longest_record_is_rendered() {
    let mut world = World::new();
    let alice = world.alice;
    let parents: Vec<(u64, u16)> = (0..16).map(|_| (world.mint_open(alice), 625)).collect();
    let uri = format!("{:z<512}", "https://example.org/");
    let minting = world.mint(alice).parents(&parents).with(|request| {
        request.title = "\"".repeat(64);
        request.uri = uri.clone().into_bytes().into();
        request.outputHash = B256::repeat_byte(0xff);
    });
    let work = minting.send();
    let json = token(&world, work);
    assert_eq!(
        (json["name"].as_str(), json["image"].as_str()),
        (Some("\"".repeat(64).as_str()), Some(uri.as_str()))
    );
    let attributes = json["attributes"].as_array().expect("attributes");
    assert_eq!(
        attributes
            .iter()
            .filter(|attribute| attribute["trait_type"] == "Parent")
            .count(),
        16
    );
}
