//! Texts of prompts and settings that are as long as a text may be.

use super::{alone, read_within, text};

/// Most bytes of a text that is read.
const LONGEST: usize = 4 << 20;

#[test]
fn long_texts_of_prompts_and_settings_take_little_memory() {
    let _alone = alone();
    for part in [
        "A:,",
        "A:\"b,",
        "A:\"b\"c,",
        "A:[1]2,",
        "Lora hashes: \"a: b, \",",
        "<lora:a:te=0:",
        "<lora:a:1>",
        "\nSeed: 1,",
    ] {
        let parts = part.repeat((LONGEST - 200) / part.len());
        for settings in [
            "Steps: 1, Seed: 2, ",
            "Seed: 2, Size: 3, ",
            "Steps: 1, Seed: 2, Lora hashes: \"",
        ] {
            let _ = read_within(&text("parameters", &format!("a\n{settings}{parts}")));
        }
        let _ = read_within(&text("parameters", &format!("{parts}\nSteps: 1, Seed: 2")));
    }
    let list = format!("[{}1]", "1,".repeat(LONGEST / 2 - 100));
    let object = format!("{{{}\"b\":2}}", "\"a\":1,".repeat(LONGEST / 6 - 100));
    for value in [list, object, "[".repeat(LONGEST - 100)] {
        let _ = read_within(&text(
            "parameters",
            &format!("a\nSteps: 1, Seed: 2, A: {value}"),
        ));
    }
}

#[test]
fn long_lists_of_models_take_little_memory() {
    let _alone = alone();
    let long = |part: &str| part.repeat((LONGEST - 200) / part.len());
    let named: String = (0..LONGEST / 11)
        .map(|at| format!("{at:06}: b, "))
        .collect();
    for (keyword, says) in [
        (
            "DgenerateConfig",
            format!(
                "#! /usr/bin/env dgenerate\nheron \\\n--loras {}",
                long("a ")
            ),
        ),
        (
            "Comment",
            format!(
                r#"{{"use_stable_diffusion_model": "a", "use_lora_model": "[{}a]"}}"#,
                long("a,")
            ),
        ),
        (
            "Comment",
            format!(
                r#"{{"Stable Diffusion model": "a", "LoRA model": "{}a"}}"#,
                long("a, ")
            ),
        ),
        (
            "Comment",
            format!(r#"{{"sui_image_params": {{"loras": "{}a"}}}}"#, long("a,")),
        ),
        (
            "parameters",
            format!(
                r#"{{"software": "RuinedFooocus", "loras": "Loras:{}"}}"#,
                long("<a:1>")
            ),
        ),
        (
            "parameters",
            format!("a\nSteps: 1, Seed: 2, Lora hashes: \"{named}\""),
        ),
        (
            "parameters",
            format!(
                "a\nSteps: 1, Seed: 2, App: SD.Next, LoRA networks: \"{0}\", LoRA hashes: \"{0}\"",
                &long("a, ")[..LONGEST / 2 - 200]
            ),
        ),
        (
            "Description",
            format!(
                "a {} Job ID: 1b2c3d4e-0000-1111-2222-333344445555",
                long("--v ")
            ),
        ),
        (
            "Description",
            format!(
                "a\nSteps: 1, Sampler: a, Guidance Scale: 1, Seed: 1, Size: 1, Model: a, Strength: 1{}",
                long(", LoRA Model: a, LoRA Weight: 1")
            ),
        ),
    ] {
        let _ = read_within(&text(keyword, &says));
    }
}

#[test]
fn settings_before_a_text_take_little_memory_and_time() {
    let _alone = alone();
    for part in [
        "[", "{", "- ", "? ", "&a ", "*a ", "!a ", "'", "\"\\", "a: ", "a: a\n", "a: |\n", "- a\n",
        "\t", "#\n", "[a, ", "{a: b, ", "a:\n ", "- - a\n", "%a\n", "...\n", "\u{feff}",
    ] {
        let parts = part.repeat((1 << 18) / part.len() - 8);
        for begin in ["", "prompt: ", "prompt:\n- "] {
            let _ = read_within(format!("---\n{begin}{parts}\n---\n").as_bytes());
        }
    }
    // A long text that is said very often.
    let again = "- *a\n".repeat(900);
    let lists: String = (0..28).map(|at| format!("b{at}:\n{again}")).collect();
    let long = "a".repeat(100_000);
    let _ = read_within(format!("---\na: &a {long}\nprompt: a\n{lists}---\n").as_bytes());
    // Each level stands one further in than that before.
    let deeper: String = (0..700)
        .map(|depth| format!("{}a:\n", " ".repeat(depth)))
        .collect();
    let _ = read_within(format!("---\n{deeper}---\n").as_bytes());
}
