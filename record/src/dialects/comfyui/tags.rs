//! LoRAs named in a text, such as `<lora:inkwash:0.8>`, by nodes that read it for that.

use super::graph::{Graph, Node};
use super::texts::Texts;

/// The names in the text of a node, where it loads them. Those with a weight of zero are not loaded.
pub(super) fn of(graph: &Graph<'_>, node: usize, texts: &mut Texts<'_, '_>) -> Vec<String> {
    let input = match &graph.nodes[node] {
        class if class.is_any(&["power prompt (rgthree)", "power prompt - positive"]) => {
            let loads = graph.link(node, "opt_model").is_some()
                && graph.link(node, "opt_clip").is_some()
                && class.text("insert_lora") != Some("DISABLE LORAS");
            match loads {
                true => ["prompt", "prompt_g", "prompt_l"].as_slice(),
                false => return Vec::new(),
            }
        }
        class if class.class == "ImpactWildcardEncode" => ["populated_text"].as_slice(),
        class if class.is_any(&["lora"]) && !has_list(class) => ["text", "lora_syntax"].as_slice(),
        _ => return Vec::new(),
    };
    let texts = input.iter().filter_map(|name| texts.input(node, name));
    texts.flat_map(|text| named(&text)).collect()
}

/// LoRA Manager's loaders have the names as a list too, which says of each whether it is on.
pub(super) fn has_list(node: &Node<'_>) -> bool {
    node.input("loras").is_some()
}

fn named(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, after)) = rest.split_once("<lora:") {
        let Some((tag, after)) = after.split_once('>') else {
            break;
        };
        rest = after;
        let mut parts = tag.split(':');
        let name = parts.next().unwrap_or_default().trim();
        let weights: Vec<f64> = parts.filter_map(|part| part.trim().parse().ok()).collect();
        let idle = !weights.is_empty() && weights.iter().all(|weight| *weight == 0.0);
        if !idle && !name.is_empty() && !name.contains(['\n', '<']) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_named_unless_their_weight_is_zero() {
        let text = "a <lora:inkwash:0.8>, <lora:b/gold:0:0.5><lora:idle:0><lora:bare> <lora:open";
        assert_eq!(named(text), ["inkwash", "b/gold", "bare"]);
    }
}
