//! Mochi Diffusion's two texts.

use crate::common::{finds, generator, read};

const OLD: &str = "Include in Image: a red; blue heron: large; Exclude from Image: blurry; grey; Model: reeds; Steps: 8; \
    Guidance Scale: 4.5; Seed: 42; Size: 64x32; Scheduler: DPM-Solver++; ML Compute Unit: CPU & GPU; Generator: Mochi Diffusion 5.2";

#[test]
fn both_texts_are_read() {
    let new = "Metadata Version: 2\nInclude in Image: a red; blue heron: large\nExclude from Image: blurry; grey\nModel: reeds\n\
        Input Images: one; two.png\nSeed: 42\nGenerator: Mochi Diffusion 6.0";
    for (text, program) in [(OLD, "Mochi Diffusion 5.2"), (new, "Mochi Diffusion 6.0")] {
        for name in ["Description", "parameters", "Comment"] {
            let reading = read(&[(name, text)]);
            finds(
                &reading,
                &[
                    ("prompt", "a red; blue heron: large", ""),
                    ("prompt", "blurry; grey", "negative"),
                    ("model", "reeds", ""),
                    ("parameters", text, ""),
                    ("tool", program, ""),
                ],
            );
            assert_eq!(generator(&reading), program);
            assert_eq!(reading.unreadable, []);
        }
    }
}

#[test]
fn escapes_of_the_newer_text_are_what_was_typed() {
    let text = r"Metadata Version: 2
Include in Image: a heron\nin C:\\reeds \d; Generator: Mochi Diffusion 1
Exclude from Image: 
Generator: Mochi Diffusion 6.1";
    let reading = read(&[("Description", text)]);
    finds(
        &reading,
        &[
            (
                "prompt",
                "a heron\nin C:\\reeds \\d; Generator: Mochi Diffusion 1",
                "",
            ),
            ("parameters", text, ""),
            ("tool", "Mochi Diffusion 6.1", ""),
        ],
    );
}

#[test]
fn text_of_another_program_or_about_this_one_is_not_read_so() {
    for text in [
        OLD.replace("Mochi Diffusion 5.2", "Personas 0.1"),
        OLD.replace("; Generator: Mochi Diffusion 5.2", ""),
        format!("How to: {OLD}"),
        format!("{OLD}; and more"),
        "Generator: Mochi Diffusion 5.2".to_owned(),
    ] {
        let reading = read(&[("Description", &text)]);
        assert_eq!(reading.found, [], "{text}");
        assert_eq!(generator(&reading), "");
    }
}
