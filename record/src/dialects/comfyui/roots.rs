//! The nodes that sample: where texts become a picture.

use super::graph::{Graph, Side};
use super::partners;
use super::pipes;

/// Inputs of a node that samples, whatever it is called.
const SAMPLES: [&str; 9] = [
    "seed",
    "noise_seed",
    "steps",
    "sampler_name",
    "sampler",
    "sigmas",
    "latent_image",
    "samples",
    "denoise",
];
/// Inputs of a node that samples with what a pipe has. Nodes that fill a pipe have a seed too.
const SAMPLES_PIPED: [&str; 4] = ["steps", "sampler_name", "scheduler", "denoise"];

const POSITIVE: [&str; 1] = ["positive"];
const NEGATIVE: [&str; 1] = ["negative"];
/// A guider's: one conditioning, or the first of two.
const GUIDED: [&str; 3] = ["positive", "conditioning", "cond1"];

/// Whether a node samples.
pub(super) fn is_root(graph: &Graph<'_>, node: usize) -> bool {
    inputs(graph, node, Side::Positive).is_some()
}

/// The inputs of a node that samples which hold this side. [`None`] where it does not sample.
pub(super) fn inputs<'a>(graph: &Graph<'a>, node: usize, side: Side) -> Option<Vec<&'a str>> {
    let class = &graph.nodes[node];
    if class.off {
        return None;
    }
    let named = |names: &[&str]| -> Vec<&'a str> {
        let inputs = class.inputs().map(|(name, _)| name);
        inputs.filter(|name| names.contains(name)).collect()
    };
    if class.class.contains("Guider") && has_model(graph, node) {
        return Some(match side {
            Side::Positive => named(&GUIDED),
            Side::Negative => named(&NEGATIVE),
        });
    }
    let own = match side {
        Side::Positive => named(&POSITIVE),
        Side::Negative => named(&NEGATIVE),
    };
    let pipe = graph.links(node).find(|(name, _)| pipes::is_pipe(name));
    if let Some((pipe, _)) = pipe
        && class.has(&SAMPLES_PIPED)
        && !class.class.starts_with("Context")
    {
        return Some(if own.is_empty() { vec![pipe] } else { own });
    }
    let sides = class.has(&POSITIVE) || class.has(&NEGATIVE);
    if sides && class.has(&SAMPLES) && has_model(graph, node) {
        return Some(own);
    }
    partners::inputs(class, side)
}

/// The input of a guider that stands between its two sides (ComfyUI's `DualCFGGuider`). Whether the sampler moves towards it or away
/// from it depends on the weights, so that its text has no role. [`None`] where there is none.
pub(super) fn middle<'a>(graph: &Graph<'a>, node: usize) -> Option<Vec<&'a str>> {
    let class = &graph.nodes[node];
    let is = !class.off && class.class == "DualCFGGuider" && has_model(graph, node);
    is.then(|| vec!["cond2"])
}

fn has_model(graph: &Graph<'_>, node: usize) -> bool {
    let models = ["model", "unet", "transformer"];
    graph.links(node).any(|(name, _)| {
        let name = name.to_ascii_lowercase();
        models.iter().any(|model| name.contains(model))
    })
}
