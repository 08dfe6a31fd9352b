//! What credentials say of how a file was made.

use super::*;
use logic::source_type::SourceType;

/// What is read of a picture that is signed to have these assertions.
fn signed(generator: Value, assertions: Value) -> Vec<u8> {
    let definition = json!({ "claim_generator_info": [generator], "assertions": assertions });
    sign(builder(&definition), "image/png", &common::picture(&[]))
}

fn actions(actions: Value) -> Value {
    json!([{ "label": "c2pa.actions.v2", "data": { "actions": actions } }])
}

#[test]
fn who_made_a_file_by_ai_is_its_generator_and_it_is_marked() {
    let inspection = inspect(&signed_picture());
    let generator = inspection.generator.expect("a program");
    assert_eq!(generator.to_string(), "Model Server 7");
    assert!(inspection.ai.marked);
    assert_eq!(inspection.ai.by, ["c2pa"]);
    let discloses = inspection.discloses.iter();
    let discloses: Vec<_> = discloses
        .map(|it| (it.what.as_str(), it.place.as_str()))
        .collect();
    assert_eq!(
        discloses,
        [
            ("parameters, tool", "C2PA c2pa.actions.v2"),
            ("tool", "C2PA c2pa.claim"),
        ]
    );
}

#[test]
fn a_photograph_is_not_of_ai_though_a_program_signed_it() {
    let capture = "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture";
    let bytes = signed(
        json!({ "name": "Camera" }),
        actions(json!([{ "action": "c2pa.created", "digitalSourceType": capture }])),
    );
    let inspection = inspect(&bytes);
    assert!(!inspection.ai.marked);
    assert_eq!(inspection.ai.source_type.as_deref(), Some(capture));
    assert_eq!(
        steps(&read(&bytes)),
        [
            "parameters | C2PA c2pa.actions.v2",
            "tool Camera | C2PA c2pa.claim"
        ]
    );
}

#[test]
fn each_type_that_means_ai_is_a_mark() {
    let iptc = "http://cv.iptc.org/newscodes/digitalsourcetype/";
    let c2pa = "http://c2pa.org/digitalsourcetype/";
    for (base, name, marked) in [
        (iptc, "trainedAlgorithmicMedia", true),
        (iptc, "compositeWithTrainedAlgorithmicMedia", true),
        (iptc, "compositeSynthetic", true),
        (c2pa, "trainedAlgorithmicData", true),
        (iptc, "algorithmicMedia", false),
        (iptc, "composite", false),
        (iptc, "humanEdits", false),
        (iptc, "virtualRecording", false),
        (c2pa, "empty", false),
    ] {
        let kind = format!("{base}{name}");
        let made = json!([{ "action": "c2pa.created", "digitalSourceType": kind }]);
        let inspection = inspect(&signed(json!({ "name": "P" }), actions(made)));
        assert_eq!(inspection.ai.marked, marked, "{name}");
        assert_eq!(inspection.ai.source_type, Some(kind));
    }
}

#[test]
fn the_parameters_are_the_assertion_with_its_keys_in_order() {
    let reading = read(&signed_picture());
    let whole = format!(
        r#"{{"actions":[{{"action":"c2pa.created","digitalSourceType":"{AI}","softwareAgent":{{"name":"Model Server","version":"7"}}}}]}}"#
    );
    let parameters = reading
        .found
        .iter()
        .find(|found| found.kind.name() == "parameters");
    assert_eq!(parameters.expect("parameters").content, whole);
}

#[test]
fn changes_are_edits_and_the_rest_is_not() {
    let bytes = signed(
        json!({ "name": "Editor", "version": "1" }),
        actions(json!([
            { "action": "c2pa.created", "digitalSourceType": "http://c2pa.org/digitalsourcetype/empty" },
            { "action": "c2pa.cropped" },
            { "action": "c2pa.edited", "description": " Removed a car " },
            { "action": "c2pa.drawing", "digitalSourceType": AI },
            { "action": "c2pa.converted" },
            { "action": "c2pa.published" },
            { "action": "com.example.edited" },
        ])),
    );
    let from = "C2PA c2pa.actions.v2";
    assert_eq!(
        steps(&read(&bytes)),
        [
            format!("parameters | {from}"),
            format!("edit c2pa.cropped | {from}"),
            format!("edit c2pa.edited: Removed a car | {from}"),
            "tool Editor 1 | C2PA c2pa.claim".to_owned(),
        ]
    );
    assert_eq!(inspect(&bytes).ai.source_type.as_deref(), Some(AI));
}

#[test]
fn a_model_that_adobe_names_of_another_provider_is_a_tool() {
    let definition = json!({
        "claim_version": 1,
        "claim_generator_info": [{ "name": "Adobe Firefly" }],
        "assertions": [{ "label": "c2pa.actions", "data": { "actions": [{
            "action": "c2pa.unknown",
            "parameters": {
                "com.adobe.digitalSourceType": AI,
                "com.adobe.details": "imagen-3.0-generate-002",
                "com.adobe.type": "remoteProvider.3rdParty",
            },
        }] } }],
    });
    let bytes = sign(builder(&definition), "image/png", &common::picture(&[]));
    assert_eq!(
        steps(&read(&bytes)),
        [
            "parameters | C2PA c2pa.actions.v2",
            "tool imagen-3.0-generate-002 | C2PA c2pa.actions.v2",
            "tool Adobe Firefly | C2PA c2pa.claim",
        ]
    );
    assert!(inspect(&bytes).ai.marked);
}

#[test]
fn an_action_that_is_not_as_the_standard_wants_it_says_what_it_says() {
    let bytes = signed(
        json!({ "name": "P" }),
        actions(json!([{ "action": "c2pa.created", "softwareAgent": { "name": "DALL·E" } }])),
    );
    let inspection = inspect(&bytes);
    let reasons = vec!["assertion.action.malformed", "signingCredential.untrusted"];
    assert_eq!(credentials(&inspection), ("invalid", None, reasons));
    let from = "C2PA c2pa.actions.v2";
    assert_eq!(
        steps(&read(&bytes)),
        [
            format!("parameters | {from}"),
            format!("tool DALL·E | {from}"),
            "tool P | C2PA c2pa.claim".to_owned(),
        ]
    );
}

#[test]
fn fireflys_older_assertion_holds_its_prompt() {
    let bytes = signed(
        json!({ "name": "Adobe Firefly" }),
        json!([
            { "label": "com.adobe.generative-ai", "data": { "description": "Adobe Firefly", "version": "1.0", "prompt": "a duck" } },
            { "label": "c2pa.actions.v2", "data": { "actions": [{ "action": "c2pa.created", "digitalSourceType": AI }] } },
        ]),
    );
    let from = "C2PA com.adobe.generative-ai";
    assert_eq!(
        steps(&read(&bytes)),
        [
            format!("prompt a duck | {from}"),
            format!("parameters | {from}"),
            "parameters | C2PA c2pa.actions.v2".to_owned(),
            format!("tool Adobe Firefly 1.0 | {from}"),
            "tool Adobe Firefly | C2PA c2pa.claim".to_owned(),
        ]
    );
}

#[test]
fn inputs_of_their_types_are_a_prompt_and_a_model() {
    let mut definition = made();
    definition["ingredients"] = json!([
        {
            "title": "prompt", "format": "text/plain", "relationship": "inputTo",
            "data_types": [{ "type": "c2pa.types.generator.prompt" }],
            "data": { "format": "text/plain", "identifier": "prompt.txt" },
        },
        {
            "title": "duck-xl", "format": "application/octet-stream", "relationship": "inputTo",
            "data_types": [{ "type": "c2pa.types.model.pytorch" }],
        },
        { "title": "sketch.png", "format": "image/png", "relationship": "inputTo" },
    ]);
    let mut builder = builder(&definition);
    builder
        .add_resource("prompt.txt", Cursor::new("a duck on a pond"))
        .expect("added");
    let bytes = sign(builder, "image/png", &common::picture(&[]));
    assert_eq!(
        steps(&read(&bytes)),
        [
            "prompt a duck on a pond | C2PA c2pa.ingredient.v3",
            "model duck-xl | C2PA c2pa.ingredient.v3__1",
            "parameters | C2PA c2pa.actions.v2",
            "tool Model Server 7 | C2PA c2pa.actions.v2",
            "tool Painter 2.0 | C2PA c2pa.claim",
        ]
    );
    let inspection = inspect(&bytes);
    let titles = inspection.ingredients.iter().map(|it| it.title.as_deref());
    let titles: Vec<_> = titles.collect();
    assert_eq!(
        titles,
        [Some("prompt"), Some("duck-xl"), Some("sketch.png")]
    );
    let relations = inspection.ingredients.iter();
    assert!(
        relations
            .clone()
            .all(|it| it.relationship.as_deref() == Some("inputTo"))
    );
    assert!(
        relations
            .clone()
            .all(|it| !it.manifest && it.state.is_none())
    );
}

/// A picture made by AI, opened and cropped by an editor.
fn edited(parent: &[u8]) -> Vec<u8> {
    let definition = json!({ "claim_generator_info": [{ "name": "Editor", "version": "9" }] });
    let mut builder = builder(&definition);
    let ingredient = json!({ "title": "duck.png", "relationship": "parentOf", "label": "duck" });
    builder
        .add_ingredient_from_stream(
            ingredient.to_string(),
            "image/png",
            &mut Cursor::new(parent),
        )
        .expect("added");
    for action in [
        json!({ "action": "c2pa.opened", "parameters": { "ingredientIds": ["duck"] } }),
        json!({ "action": "c2pa.cropped" }),
    ] {
        builder.add_action(action).expect("added");
    }
    sign(builder, "image/png", &common::picture(&[]))
}

#[test]
fn what_was_opened_says_who_made_it_and_is_an_ingredient() {
    let bytes = edited(&signed_picture());
    let inspection = inspect(&bytes);
    assert_eq!(credentials(&inspection).0, "valid");
    let generator = inspection.generator.expect("a program");
    assert_eq!(generator.to_string(), "Model Server 7");
    assert!(inspection.ai.marked);
    let from = "C2PA c2pa.actions.v2";
    let mut steps = steps(&read(&bytes));
    assert_eq!(
        steps
            .iter()
            .filter(|step| step.starts_with("parameters"))
            .count(),
        2
    );
    steps.retain(|step| !step.starts_with("parameters"));
    assert_eq!(
        steps,
        [
            format!("edit c2pa.cropped | {from}"),
            "tool Editor 9 | C2PA c2pa.claim".to_owned(),
            format!("tool Model Server 7 | {from}"),
            "tool Painter 2.0 | C2PA c2pa.claim".to_owned(),
        ]
    );
    let [ingredient] = &inspection.ingredients[..] else {
        panic!("one ingredient");
    };
    assert_eq!(ingredient.title.as_deref(), Some("duck.png"));
    assert_eq!(ingredient.format.as_deref(), Some("image/png"));
    assert_eq!(ingredient.relationship.as_deref(), Some("parentOf"));
    assert!(ingredient.manifest);
    assert_eq!(ingredient.state, Some("valid"));
}

#[test]
fn who_only_edited_a_picture_did_not_make_it() {
    let graph = r#"{"1":{"class_type":"KSampler","inputs":{}}}"#;
    let parent = common::picture(&[("prompt", graph)]);
    let plain = edited(&common::picture(&[]));
    assert_eq!(inspect(&plain).generator, None);
    assert!(!inspect(&plain).ai.marked);
    let definition = json!({
        "claim_generator_info": [{ "name": "Signer" }],
        "assertions": actions(json!([{ "action": "c2pa.created", "digitalSourceType": AI }])),
    });
    let inspection = inspect(&sign(builder(&definition), "image/png", &parent));
    assert_eq!(inspection.generator.expect("a program").name, "ComfyUI");
    assert_eq!(inspection.ai.by, ["metadata", "c2pa"]);
}

#[test]
fn consent_to_training_and_mining_is_told_use_by_use() {
    let entries = json!({
        "cawg.ai_training": { "use": "notAllowed" },
        "cawg.ai_inference": { "use": "constrained", "constraint_info": "ask" },
        "cawg.data_mining": { "use": "allowed" },
        "cawg.other": { "use": "perhaps" },
    });
    let mut all = actions(json!([{ "action": "c2pa.created", "digitalSourceType": AI }]));
    let consent = json!({ "label": "cawg.training-mining", "data": { "entries": entries } });
    all.as_array_mut().expect("a list").push(consent);
    let inspection = inspect(&signed(json!({ "name": "P" }), all));
    let told = inspection.training_and_mining.iter();
    let told: Vec<_> = told
        .map(|(name, answer)| (name.as_str(), answer.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("cawg.ai_inference", "constrained"),
            ("cawg.ai_training", "notAllowed"),
            ("cawg.data_mining", "allowed"),
        ]
    );
}

/// How a file came to be, as a mint of it says on the chain.
#[test]
fn a_mint_says_of_a_source_what_was_signed_and_holds() {
    let signed_as = |source_type: &str, texts: &[(&str, &str)]| {
        let said = actions(json!([{
            "action": "c2pa.created",
            "softwareAgent": { "name": "Camera" },
            "digitalSourceType": format!("http://cv.iptc.org/newscodes/digitalsourcetype/{source_type}"),
        }]));
        let definition = json!({
            "claim_generator_info": [{ "name": "Camera" }],
            "assertions": said,
        });
        sign(builder(&definition), "image/png", &common::picture(texts))
    };
    let source = |bytes: &[u8]| read(bytes).source_type;
    let photograph = signed_as("digitalCapture", &[]);
    assert_eq!(source(&photograph), Some(SourceType::DigitalCapture));
    let made = signed_as("trainedAlgorithmicMedia", &[]);
    assert_eq!(source(&made), Some(SourceType::TrainedAlgorithmicMedia));
    // Data, which is no medium that IPTC knows.
    assert_eq!(source(&signed_as("trainedAlgorithmicData", &[])), None);
    let mut changed = photograph.clone();
    let end = changed.len() - 20;
    changed[end] ^= 1;
    assert_eq!(inspect(&changed).credentials.state, "invalid");
    assert_eq!(source(&changed), None);
}

/// The same by XMP and by what programs write.
#[test]
fn a_mint_says_of_a_source_what_the_file_says_or_its_program_means() {
    let xmp = |name: &str| {
        format!(
            "<rdf:RDF><rdf:Description><Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/{name}\
             </Iptc4xmpExt:DigitalSourceType></rdf:Description></rdf:RDF>"
        )
    };
    let text = "a heron\nSteps: 20, Sampler: Euler, Model: reeds";
    let source = |xmp: &str, parameters: &str| {
        let texts = [("XML:com.adobe.xmp", xmp), ("parameters", parameters)];
        read(&common::picture(&texts)).source_type
    };
    let capture = xmp("digitalCapture");
    assert_eq!(source(&capture, ""), Some(SourceType::DigitalCapture));
    let made = Some(SourceType::TrainedAlgorithmicMedia);
    assert_eq!(source("", text), made);
    // A photograph that was changed by a model may have its old XMP.
    assert_eq!(source(&capture, text), made);
    let composite = xmp("compositeWithTrainedAlgorithmicMedia");
    let expected = Some(SourceType::CompositeWithTrainedAlgorithmicMedia);
    assert_eq!(source(&composite, text), expected);
    assert_eq!(source(&xmp("something"), ""), None);
    assert_eq!(source("", ""), None);
}
