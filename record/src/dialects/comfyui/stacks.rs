//! Which of the files that a node names it uses, by its switches, its strengths, and how many it counts.
//!
//! Efficiency's stacker has `lora_name_2`, `lora_wt_2`, `model_str_2`, `clip_str_2` and `lora_count`; ComfyRoll's `switch_2`,
//! `lora_name_2`, `model_weight_2`, `clip_weight_2`; Easy-Use's `toggle`, `num_loras`, `lora_2_name`, `lora_2_strength`,
//! `lora_2_model_strength`; rgthree's `lora_02`, `strength_02`; ComfyUI's own `lora_name`, `strength_model`, `strength_clip`.

use super::graph::Graph;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// What a node says of the files that it names.
#[derive(Debug)]
pub(super) struct Stack {
    off: bool,
    /// Places that are switched off.
    idle: HashSet<Option<u32>>,
    /// By place, whether any strength is other than zero.
    strong: HashMap<Option<u32>, bool>,
    /// By what is counted, such as `lora`, how many.
    counts: HashMap<String, f64>,
}

impl Stack {
    pub(super) fn of(graph: &Graph<'_>, node: usize) -> Self {
        let class = &graph.nodes[node];
        let toggle = class.input("toggle");
        // One strength for the model and CLIP, or one for each.
        let simple = ["mode", "input_mode"]
            .iter()
            .find_map(|name| class.text(name))
            .map(|mode| mode == "simple");
        let mut stack = Self {
            off: toggle.is_some_and(is_off),
            idle: HashSet::new(),
            strong: HashMap::new(),
            counts: HashMap::new(),
        };
        for (input, value) in class.inputs() {
            let name = input.to_ascii_lowercase();
            let has = |words: &[&str]| words.iter().any(|word| name.contains(word));
            if has(&["switch", "toggle", "enable"]) && is_off(value) {
                stack.idle.insert(place(&name));
            }
            if let Some(kind) = counted(&name)
                && let Some(count) = graph.number(node, input)
            {
                stack.counts.insert(kind.to_owned(), count);
            }
            // A strength is a number, or comes by a link.
            let counts = value.is_number() || value.is_array();
            let parted = has(&["model", "clip"]);
            if has(&["strength", "weight", "_wt", "_str"])
                && counts
                && simple.is_none_or(|simple| simple != parted)
            {
                let strong = graph.number(node, input) != Some(0.0);
                *stack.strong.entry(place(&name)).or_default() |= strong;
            }
        }
        stack
    }

    /// Whether the file that this input names is used.
    pub(super) fn uses(&self, input: &str) -> bool {
        let input = input.to_ascii_lowercase();
        let place = place(&input);
        if self.off || (place.is_some() && self.idle.contains(&place)) {
            return false;
        }
        let kind = input.split('_').next().unwrap_or_default();
        let count = self.counts.get(kind);
        if let (Some(place), Some(count)) = (place, count)
            && f64::from(place) > *count
        {
            return false;
        }
        // Where a node loads a LoRA and other files, and numbers none, the strength is that of the LoRA.
        let weighed = place.is_some() || input.contains("lora");
        !weighed || self.strong.get(&place).copied().unwrap_or(true)
    }
}

fn is_off(value: &Value) -> bool {
    match value {
        Value::Bool(on) => !on,
        Value::String(text) => ["off", "false"].contains(&text.to_ascii_lowercase().as_str()),
        _ => false,
    }
}

/// What an input counts: `lora` for `lora_count` and `num_loras`.
fn counted(input: &str) -> Option<&str> {
    match input.strip_prefix("num_") {
        Some(kinds) => kinds.strip_suffix('s'),
        None => input.strip_suffix("_count"),
    }
}

/// The number in the name of an input, such as 2 in `lora_name_2` and `lora_2_strength`.
fn place(input: &str) -> Option<u32> {
    let digits = input
        .split(|char: char| !char.is_ascii_digit())
        .find(|digits| !digits.is_empty())?;
    digits.parse().ok()
}
