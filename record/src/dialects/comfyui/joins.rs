//! Nodes that make one text of others, each by the rule of its own source.

use super::texts::{Text, Texts};

/// Most texts that KJNodes joins.
const MOST: u32 = 1_000;

/// What a node makes of its texts: nothing where that cannot be known. [`None`] where it makes no text of others.
pub(super) fn joined<'a>(texts: &mut Texts<'_, 'a>, node: usize) -> Option<Option<Text<'a>>> {
    let text = match texts.graph.nodes[node].class {
        "StringConcatenate" => pair(texts, node, ["string_a", "delimiter", "string_b"]),
        "JoinStrings" => pair(texts, node, ["string1", "delimiter", "string2"]),
        "CR Text Concatenate" => pair(texts, node, ["text1", "separator", "text2"]),
        "easy promptConcat" => pair(texts, node, ["prompt1", "separator", "prompt2"]),
        "JoinStringMulti" => counted(texts, node),
        "Text Concatenate" => cleaned(texts, node),
        "StringReplace" => replaced(texts, node),
        "StringTrim" => trimmed(texts, node),
        "StringConstantMultiline" => constant(texts, node),
        _ => return None,
    };
    Some(text)
}

/// Two texts with a third between them.
fn pair<'a>(texts: &mut Texts<'_, 'a>, node: usize, names: [&str; 3]) -> Option<Text<'a>> {
    let [first, between, second] = names.map(|name| texts.input(node, name));
    join(texts, &[first?, second?], &between?)
}

/// KJNodes: as many as `inputcount` says, the empty ones left out.
fn counted<'a>(texts: &mut Texts<'_, 'a>, node: usize) -> Option<Text<'a>> {
    let graph = texts.graph;
    if graph.number(node, "return_list") != Some(0.0) {
        return None;
    }
    let count = graph.number(node, "inputcount")?;
    let between = texts.input(node, "delimiter")?;
    let mut parts = Vec::new();
    for number in (1..=MOST).take_while(|number| f64::from(*number) <= count) {
        let name = format!("string_{number}");
        if graph.nodes[node].has(&[&name]) {
            let text = texts.input(node, &name)?;
            if number == 1 || !text.is_empty() {
                parts.push(text);
            }
        }
    }
    join(texts, &parts, &between)
}

/// WAS: all that are there, in the order of their names, each trimmed where `clean_whitespace` says so, the empty ones left out.
fn cleaned<'a>(texts: &mut Texts<'_, 'a>, node: usize) -> Option<Text<'a>> {
    let class = &texts.graph.nodes[node];
    let cleans = match class.text("clean_whitespace")? {
        "true" => true,
        "false" => false,
        _ => return None,
    };
    let between = match &*texts.input(node, "delimiter")? {
        "\\n" => "\n".to_owned(),
        other => other.to_owned(),
    };
    let mut names: Vec<&str> = class.inputs().map(|(name, _)| name).collect();
    names.retain(|name| name.starts_with("text_"));
    names.sort_unstable();
    let mut parts = Vec::new();
    for name in names {
        let text = texts.input(node, name)?;
        let text = match (cleans, text) {
            (true, Text::Written(text)) => Text::Written(text.trim()),
            (true, Text::Made(text)) => {
                texts.take(text.len())?;
                Text::Made(text.trim().into())
            }
            (false, text) => text,
        };
        if !text.is_empty() {
            parts.push(text);
        }
    }
    join(texts, &parts, &between)
}

/// ComfyUI: Python's `replace`.
fn replaced<'a>(texts: &mut Texts<'_, 'a>, node: usize) -> Option<Text<'a>> {
    let [text, find, put] = ["string", "find", "replace"].map(|name| texts.input(node, name));
    let (text, find, put) = (text?, find?, put?);
    texts.take(text.len())?;
    if find.is_empty() {
        return None;
    }
    let times = text.matches(&*find).count();
    texts.take(text.len().checked_add(times.checked_mul(put.len())?)?)?;
    Some(Text::Made(text.replace(&*find, &put).into()))
}

fn trimmed<'a>(texts: &mut Texts<'_, 'a>, node: usize) -> Option<Text<'a>> {
    let trim = match texts.graph.nodes[node].text("mode")? {
        "Both" => str::trim,
        "Left" => str::trim_start,
        "Right" => str::trim_end,
        _ => return None,
    };
    match texts.looked_through(node, "string")? {
        Text::Written(text) => Some(Text::Written(trim(text))),
        Text::Made(text) => Some(Text::Made(trim(&text).into())),
    }
}

/// KJNodes: it may take out the ends of lines, and then it is not the text that stands there.
fn constant<'a>(texts: &mut Texts<'_, 'a>, node: usize) -> Option<Text<'a>> {
    let strips = texts.graph.number(node, "strip_newlines");
    let text = texts.looked_through(node, "string")?;
    (strips == Some(0.0) || !text.contains(['\n', '\r'])).then_some(text)
}

fn join<'a>(texts: &mut Texts<'_, 'a>, parts: &[Text<'a>], between: &str) -> Option<Text<'a>> {
    let mut length = between.len().checked_mul(parts.len())?;
    for part in parts {
        length = length.checked_add(part.len())?;
    }
    texts.take(length)?;
    let parts: Vec<&str> = parts.iter().map(|part| &**part).collect();
    Some(Text::Made(parts.join(between).into()))
}
