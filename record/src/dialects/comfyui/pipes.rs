//! Nodes that hold or hand on both sides, and which of their outputs is which.

use super::encoders;
use super::graph::{Graph, Link, Side};

/// Inputs that carry both sides together: Impact, Efficiency, Easy-Use, rgthree, and the embeddings of the video wrappers.
const PIPES: [&str; 8] = [
    "basic_pipe",
    "detailer_pipe",
    "base_basic_pipe",
    "pipe",
    "sdxl_tuple",
    "base_ctx",
    "text_embeds",
    "hyvid_embeds",
];

/// Classes whose two sides leave by other outputs than the first two: the positive, the negative. Of most, the first is a pipe.
const OUTPUTS: [(&str, u64, u64); 24] = [
    ("Efficient Loader", 1, 2),
    ("KSampler (Efficient)", 1, 2),
    ("KSampler Adv. (Efficient)", 1, 2),
    ("ApplyInstantID", 1, 2),
    ("ApplyInstantIDAdvanced", 1, 2),
    ("BrushNet", 1, 2),
    ("FromBasicPipe", 3, 4),
    ("FromBasicPipe_v2", 4, 5),
    ("FromDetailerPipe", 3, 4),
    ("FromDetailerPipe_v2", 4, 5),
    ("FromDetailerPipeSDXL", 4, 5),
    ("Unpack SDXL Tuple", 2, 3),
    ("Context (rgthree)", 4, 5),
    ("Context Big (rgthree)", 4, 5),
    ("easy pipeOut", 2, 3),
    ("easy pipeEdit", 2, 3),
    ("easy fullLoader", 4, 5),
    ("easy fullkSampler", 3, 4),
    ("easy controlnetLoader", 1, 2),
    ("easy controlnetLoaderADV", 1, 2),
    ("easy controlnetLoader++", 1, 2),
    ("easy instantIDApply", 2, 3),
    ("easy instantIDApplyADV", 2, 3),
    ("easy ipadapterApplyRegional", 2, 3),
];
/// Classes whose pipe leaves by another output than the first.
const PIPE_OUTPUTS: [(&str, u64); 4] = [
    ("FaceDetailer", 4),
    ("FaceDetailerPipe", 4),
    ("MaskDetailerPipe", 3),
    ("DetailerForEachPipe", 2),
];

/// Whether an input of this name carries both sides.
pub(super) fn is_pipe(input: &str) -> bool {
    PIPES.contains(&input)
}

/// Whether a link at an input of this name carries a side: `positive`, `positive_NEW`, `base_positive`, `pos`.
pub(super) fn carries(input: &str, side: Side) -> bool {
    let input = input.strip_prefix("base_").unwrap_or(input);
    match side {
        Side::Positive => input == "pos" || input.starts_with("positive"),
        Side::Negative => input == "neg" || input.starts_with("negative"),
    }
}

/// Inputs that may hold the text of a side itself.
pub(super) fn texts(side: Side) -> &'static [&'static str] {
    match side {
        Side::Positive => &["positive", "positive_prompt", "text_positive"],
        Side::Negative => &["negative", "negative_prompt", "text_negative"],
    }
}

/// Whether a node holds both sides, by links or by texts that it encodes.
pub(super) fn has_sides(graph: &Graph<'_>, node: usize) -> bool {
    let class = &graph.nodes[node];
    let sides = |name: &str| carries(name, Side::Positive) || carries(name, Side::Negative);
    // A node with one input holds no two sides, whatever that is called, unless it is a pipe.
    let linked = class.inputs().nth(1).is_some() && graph.links(node).any(|(name, _)| sides(name));
    let piped = graph.links(node).any(|(name, _)| is_pipe(name));
    (piped || linked || writes(graph, node)) && !class.is_any(&encoders::CHANGES)
}

/// Whether a node encodes the texts of both sides itself. Nodes that only work on texts hold them too.
fn writes(graph: &Graph<'_>, node: usize) -> bool {
    let class = &graph.nodes[node];
    let mut names = [Side::Positive, Side::Negative].into_iter().flat_map(texts);
    names.any(|name| class.text(name).is_some())
        && (class.is_any(&["loader", "encode", "conditioner", "easy pipe"])
            || encoders::has_encoder(graph, node))
}

/// The side that is asked of a node by one of its outputs, where `side` is asked of what that output carries.
///
/// By the usage of ComfyUI, what came in as positive and negative leaves in this order by the first two outputs. A node that
/// encodes the texts itself gives what it is asked for.
pub(super) fn asked(graph: &Graph<'_>, link: Link, side: Side, shifted: bool) -> Option<Side> {
    let class = &graph.nodes[link.node];
    if let Some((_, output)) = PIPE_OUTPUTS.iter().find(|(name, _)| *name == class.class) {
        return (*output == link.output).then_some(side);
    }
    let known = OUTPUTS.iter().find(|(name, ..)| *name == class.class);
    let pipes = graph.links(link.node).any(|(name, _)| is_pipe(name));
    let (positive, negative) = match known {
        Some((_, positive, negative)) => (*positive, *negative),
        None if writes(graph, link.node) => return Some(side),
        None if pipes || class.is_any(&["pipe", "tuple", "easy "]) => {
            return (link.output == 0).then_some(side);
        }
        None if shifted => (1, 2),
        None => (0, 1),
    };
    match link.output {
        output if output == positive => Some(Side::Positive),
        output if output == negative => Some(Side::Negative),
        0 if known.is_some() => Some(side),
        _ => None,
    }
}

/// The same of a switch: one of contexts has an output for each thing in it, any other has one.
pub(super) fn chosen(graph: &Graph<'_>, link: Link, side: Side) -> Option<Side> {
    let context = graph.nodes[link.node].class.starts_with("Context ");
    match link.output {
        0 => Some(side),
        4 if context => Some(Side::Positive),
        5 if context => Some(Side::Negative),
        _ => None,
    }
}
