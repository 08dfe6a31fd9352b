//! Settings: `Key: value` pairs between commas.

use crate::json;

/// The settings of a picture, in their order.
pub(super) struct Settings(Vec<(String, String)>);

/// Keys that settings of a picture have, and little else.
pub(super) const KEYS: [&str; 12] = [
    "Sampler",
    "CFG scale",
    "Seed",
    "Size",
    "Model",
    "Schedule type",
    "Scheduler",
    "Denoising strength",
    "Clip skip",
    "Version",
    "Hires upscaler",
    "Civitai resources",
];

impl Settings {
    /// Whether these are settings of a picture, and not of something else in steps.
    pub(super) fn are_of_a_picture(&self) -> bool {
        self.0
            .iter()
            .any(|(name, _)| KEYS.contains(&name.as_str()) || name.starts_with("Postprocess "))
    }

    /// A value is a JSON string if it begins with a quotation mark, a JSON value if with a bracket, and else ends at a comma or a
    /// line's end.
    pub(super) fn of(text: &str) -> Self {
        let mut pairs = Vec::new();
        let mut rest = text;
        // One bracket that nothing closes is enough to know that the rest is none of JSON.
        let mut closed = true;
        while let Some((before, after)) = rest.split_once(':') {
            // A value with commas that nobody quoted ends before the key.
            let key = before.rsplit([',', '\n']).next().unwrap_or(before).trim();
            let value = after.trim_start_matches([' ', '\t']);
            let json = value.starts_with(['"', '{', '[']) && closed;
            let end = json.then(|| balanced(value.as_bytes())).flatten();
            closed &= !json || end.is_some();
            let end = end.unwrap_or_else(|| plain(value));
            pairs.push((key.to_owned(), unquoted(value[..end].trim())));
            rest = &value[end..];
        }
        Self(pairs)
    }

    /// The first value of this key that says something.
    pub(super) fn get(&self, key: &str) -> Option<String> {
        let mut found = self.0.iter().filter(|(name, _)| name == key);
        found
            .find(|(_, value)| !value.is_empty())
            .map(|(_, value)| value.clone())
    }

    /// All whose key is one of these, or one of these and a number such as ` 2nd`.
    pub(super) fn all(&self, keys: &[&str]) -> impl Iterator<Item = (&str, String)> {
        let is = move |name: &str| {
            keys.iter().any(|key| {
                let number = name.strip_prefix(key).map(str::trim);
                number.is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with(|c: char| c.is_ascii_digit())
                })
            })
        };
        let found: Vec<_> = self.0.iter().filter(|(name, _)| is(name)).collect();
        found
            .into_iter()
            .map(|(name, value)| (name.as_str(), value.clone()))
    }
}

/// Where a value ends that is no JSON.
fn plain(value: &str) -> usize {
    value.find([',', '\n']).unwrap_or(value.len())
}

/// Where a JSON string, object or list ends that begins here.
fn balanced(bytes: &[u8]) -> Option<usize> {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b'{' | b'[' if !quoted => depth += 1,
            b'}' | b']' if !quoted => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && !quoted && !escaped {
            return Some(at + 1);
        }
    }
    None
}

fn unquoted(value: &str) -> String {
    let text = value.starts_with('"').then(|| json::parse(value));
    match text {
        Some(Ok(text)) => text.as_str().unwrap_or(value).to_owned(),
        _ => value.trim_matches('"').to_owned(),
    }
}
