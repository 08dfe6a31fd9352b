//! The JSON as a whole, and text that tries to break out of it.

use super::{decoded, token, token_of};
use lineage::deploy;
use lineage_tests::World;
use lineage_tests::abi::IProvenance;
use serde_json::json;

#[test]
fn json_of_a_token_is_all_that_is_known() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let [first, second] = [(); 2].map(|()| world.mint_open(alice));
    let minting = world
        .mint(bob)
        .parents(&[(first, 2_000), (second, 0)])
        .with(|request| {
            request.kind = 4;
            request.royalty = 750;
            request.sourceType = 11;
            request.stepCount = 3;
            request.title = String::from("Swan");
        });
    let (request, now) = (minting.request(), minting.now());
    let work = minting.send();
    let (creator, file) = (format!("{bob:#x}"), request.outputHash);
    let expected = json!({
        "name": "Swan",
        "description": format!(
            "A creative work with a provenance record of 3 steps by {creator}. SHA-256 of the file: {file}."
        ),
        "image": format!("ipfs://{}", record::cid::raw(&file)),
        "attributes": [
            {"trait_type": "Kind", "value": "style"},
            {"trait_type": "Creator", "value": creator},
            {"trait_type": "Source type", "value": "trainedAlgorithmicMedia"},
            {"trait_type": "Royalty", "value": "7.5%"},
            {"display_type": "number", "trait_type": "Steps", "value": 3},
            {"trait_type": "Parent", "value": format!("#{first}, 20%")},
            {"trait_type": "Parent", "value": format!("#{second}")},
            {"display_type": "date", "trait_type": "Claimed", "value": now},
            {"display_type": "date", "trait_type": "Minted", "value": now},
            {"trait_type": "Earliest claim here", "value": "this"},
        ],
        "properties": {"outputHash": file.to_string(), "processRoot": request.processRoot.to_string()},
    });
    assert_eq!(token(&world, work), expected);
}

#[test]
fn title_cannot_break_out_of_its_string() {
    let mut world = World::new();
    let alice = world.alice;
    let titles = [
        r#"","image":"https://evil.example/x.png"#,
        r#"\"#,
        r#"\\" \u0022 \n"#,
        "</script><script>alert(1)</script>",
        "<img src=x onerror=alert(1)> & 'quotes'",
        "🦆🦆🦆 Ente über Wasser — 鴨",
        "\u{202e}drow desrever\u{2028}\u{2029}\u{feff}",
        "\"",
    ];
    for title in titles {
        let work = world
            .mint(alice)
            .with(|request| request.title = title.to_owned())
            .send();
        let json = token(&world, work);
        assert_eq!(json["name"], title);
        assert!(
            json["image"]
                .as_str()
                .expect("an image")
                .starts_with("ipfs://b"),
            "{title}"
        );
        assert_eq!(json.as_object().expect("an object").len(), 5, "{title}");
    }
}

#[test]
fn work_without_a_title_is_named_by_its_collection() {
    let mut world = World::new();
    let (alice, bob) = (world.alice, world.bob);
    let untitled = world
        .mint(alice)
        .with(|request| request.title.clear())
        .send();
    assert_eq!(
        token(&world, untitled)["name"],
        format!("Lineage #{untitled}")
    );
    let programs = (world.router, world.renderer);
    // The name of a collection may hold anything, control characters too.
    let name = "Bob's \"ducks\"\\\n\t\u{0}\u{7f}\u{1b}";
    let collection = deploy::collection(&mut world.chain, bob, programs, (name, "\"D\""))
        .expect("it is deployed");
    let minting = world
        .mint(bob)
        .collection(collection)
        .with(|request| request.title.clear());
    let work = minting.send();
    assert_eq!(
        token_of(&world, collection, work)["name"],
        format!("{name} #{work}")
    );
    let json = decoded(&world.view(collection, IProvenance::contractURICall {}));
    assert_eq!(
        (&json["name"], &json["symbol"]),
        (&json!(name), &json!("\"D\""))
    );
}

#[test]
fn json_of_a_collection_says_what_it_is() {
    let world = World::new();
    let json = decoded(&world.view(world.provenance, IProvenance::contractURICall {}));
    let expected = json!({
        "name": "Lineage",
        "symbol": "LINE",
        "description": "Creative works with a provenance record. What a work earns, as a royalty or otherwise, is shared with the works it is made from.",
    });
    assert_eq!(json, expected);
}
