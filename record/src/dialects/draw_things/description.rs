//! The description that Draw Things writes for people beside its JSON.
//!
//! Lines of prompt, a line that begins with `-` and says what is not wanted, and a line `Steps: 10, Sampler: DDIM, Guidance Scale:
//! 10.0, Seed: 5, Size: 64x64, Model: heron.ckpt, Strength: 1.0, …`. It looks like the text of AUTOMATIC1111's web UI, which has
//! no such order, other names, and another mark for what is not wanted.

/// The settings in front of the model, in their order.
const SETTINGS: [&str; 5] = [
    ", Sampler: ",
    ", Guidance Scale: ",
    ", Seed: ",
    ", Size: ",
    ", Model: ",
];
/// Most LoRAs that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

/// A description in its parts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Description<'a> {
    /// Nothing where a prompt of several lines may be what is not wanted as well.
    pub(super) prompts: Option<(&'a str, &'a str)>,
    pub(super) model: &'a str,
    /// What made the picture larger.
    pub(super) upscaler: Option<&'a str>,
    /// LoRAs with their weights.
    pub(super) loras: Vec<(&'a str, &'a str)>,
}

/// Takes a description apart, where it is certain that it is one.
pub(super) fn of(text: &str) -> Option<Description<'_>> {
    let text = text.trim();
    let start = text.rfind('\n').map_or(0, |at| at + 1);
    let (head, settings) = text.split_at(start);
    let mut rest = settings.strip_prefix("Steps: ")?;
    for setting in SETTINGS {
        (_, rest) = rest.split_once(setting)?;
    }
    let (model, rest) = rest.split_once(", Strength: ")?;
    Some(Description {
        prompts: prompts(head.trim_end()),
        model,
        upscaler: upscaler(rest),
        loras: loras(rest),
    })
}

fn upscaler(rest: &str) -> Option<&str> {
    let (_, upscaler) = rest.split_once(", Upscaler: ")?;
    upscaler.split(',').next()
}

/// LoRAs: `LoRA Model: a.ckpt, LoRA Weight: 0.8`, or `LoRA 1 Model: a.ckpt, LoRA 1 Weight: 0.8` where there are several.
fn loras(rest: &str) -> Vec<(&str, &str)> {
    let parts: Vec<&str> = rest.split(", LoRA ").skip(1).take(2 * MOST).collect();
    let pairs = parts.windows(2).filter_map(|pair| {
        let (number, name) = pair[0].split_once("Model: ")?;
        let weight = pair[1].strip_prefix(number)?.strip_prefix("Weight: ")?;
        Some((name, weight.split(',').next()?))
    });
    pairs.collect()
}

/// The prompt and what is not wanted. Any line of either may begin with the mark too, so that of several nobody knows which it is.
fn prompts(head: &str) -> Option<(&str, &str)> {
    let mut marks = head
        .match_indices("\n-")
        .map(|(at, mark)| (at, at + mark.len()));
    let first = marks.next();
    match (first, marks.next()) {
        (None, _) if head.starts_with('-') => None,
        (None, _) => Some((head, "")),
        (Some((end, start)), None) => Some((&head[..end], &head[start..])),
        (Some(_), Some(_)) => None,
    }
}
