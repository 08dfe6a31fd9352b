//! Traits.

use super::token;
use alloy_primitives::B256;
use lineage_tests::World;
use serde_json::Value;

fn value(json: &Value, name: &str) -> Option<Value> {
    let attributes = json["attributes"].as_array().expect("attributes");
    let found = attributes
        .iter()
        .find(|attribute| attribute["trait_type"] == name)?;
    Some(found["value"].clone())
}

#[test]
fn kinds_and_source_types_are_named() {
    let mut world = World::new();
    let alice = world.alice;
    let kinds = ["output", "model", "dataset", "prompt", "style", "tool"];
    for (kind, name) in (0..).zip(kinds) {
        let work = world.mint(alice).with(|request| request.kind = kind).send();
        assert_eq!(value(&token(&world, work), "Kind"), Some(name.into()));
    }
    let terms = [
        (0, None),
        (1, Some("digitalCapture")),
        (9, Some("digitalCreation")),
        (17, Some("compositeSynthetic")),
    ];
    for (code, name) in terms {
        let work = world
            .mint(alice)
            .with(|request| request.sourceType = code)
            .send();
        assert_eq!(
            value(&token(&world, work), "Source type"),
            name.map(Value::from)
        );
    }
}

#[test]
fn rates_are_percentages() {
    let mut world = World::new();
    let alice = world.alice;
    for (royalty, text) in [
        (0, "0%"),
        (1, "0.01%"),
        (10, "0.1%"),
        (105, "1.05%"),
        (500, "5%"),
        (5_000, "50%"),
    ] {
        let work = world
            .mint(alice)
            .with(|request| request.royalty = royalty)
            .send();
        assert_eq!(value(&token(&world, work), "Royalty"), Some(text.into()));
    }
}

#[test]
fn one_step_is_no_steps() {
    let mut world = World::new();
    let alice = world.alice;
    for (count, words) in [
        (0, "of 0 steps by"),
        (1, "of 1 step by"),
        (u16::MAX, "of 65535 steps by"),
    ] {
        let work = world
            .mint(alice)
            .with(|request| request.stepCount = count)
            .send();
        let json = token(&world, work);
        assert!(
            json["description"]
                .as_str()
                .expect("a description")
                .contains(words)
        );
        assert_eq!(value(&json, "Steps"), Some(count.into()));
    }
}

#[test]
fn displaced_claim_names_the_earliest() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let mut request = world
        .mint(alice)
        .with(|request| request.salt = B256::repeat_byte(1))
        .request();
    let committed = world.chain.timestamp();
    world.commit(alice, &request);
    let copied = world
        .mint(bob)
        .with(|copy| copy.outputHash = request.outputHash)
        .send();
    assert_eq!(
        value(&token(&world, copied), "Earliest claim here"),
        Some("this".into())
    );
    request.title = String::from("The original");
    let minting = world.mint(alice).with(|new| *new = request);
    let minted = minting.now();
    let original = minting.send();
    assert_eq!(
        value(&token(&world, copied), "Earliest claim here"),
        Some(format!("#{original}").into())
    );
    let json = token(&world, original);
    assert_eq!(value(&json, "Earliest claim here"), Some("this".into()));
    assert_eq!(
        (value(&json, "Claimed"), value(&json, "Minted")),
        (Some(committed.into()), Some(minted.into()))
    );
}
