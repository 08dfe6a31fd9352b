//! What Tensor.Art writes.

use crate::common::{finds, generator, read};
use record::Reading;

#[test]
fn data_gives_prompts_and_model_with_its_hash() {
    let text = r#"{"prompt": "a heron", "negativePrompt": "mud", "baseModel": {"modelFileName": "heron", "hash": "00FF"}}"#;
    let reading = read(&[("generation_data", text)]);
    assert_eq!(generator(&reading), "Tensor.Art");
    finds(
        &reading,
        &[
            ("prompt", "a heron", ""),
            ("prompt", "mud", "negative"),
            ("model", "heron", "00FF"),
            ("parameters", text, ""),
            ("tool", "Tensor.Art", ""),
        ],
    );
}

#[test]
fn data_without_a_base_model_says_nothing() {
    let text = r#"{"prompt": "a heron"}"#;
    assert_eq!(read(&[("generation_data", text)]), Reading::default());
}
