//! What names and weights say.

/// The two parts of `name [mark]`.
pub(super) fn marked(text: &str, open: char, close: char) -> (&str, Option<&str>) {
    let text = text.trim();
    let mark = text
        .strip_suffix(close)
        .and_then(|text| text.rsplit_once(open));
    match mark {
        Some((name, mark)) if is_hash(mark) => (name.trim(), Some(mark)),
        _ => (text, None),
    }
}

pub(super) fn is_hash(text: &str) -> bool {
    text.len() >= 6 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn is_zero(text: &str) -> bool {
    text.trim().parse::<f64>().is_ok_and(|weight| weight == 0.0)
}

/// Words that stand where a name would, and name no model.
pub(super) fn is_nothing(name: &str) -> bool {
    const WORDS: [&str; 12] = [
        "",
        "none",
        "null",
        "automatic",
        "default",
        "default (model)",
        "use same checkpoint",
        "use same upscaler",
        "passthrough",
        "built-in",
        "use same choices",
        "use same vae",
    ];
    WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// Whether a picture is made larger by a model, not by a rule.
pub(super) fn is_upscaling_model(name: &str) -> bool {
    const RULES: [&str; 9] = [
        "latent", "lanczos", "nearest", "bicubic", "bilinear", "resize", "vips", "hamming", "box",
    ];
    let name = name.to_ascii_lowercase();
    !RULES
        .iter()
        .any(|rule| name.split([' ', '-', '_']).any(|word| word == *rule))
}
