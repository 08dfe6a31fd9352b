//! Texts of XMP.

/// The text of a property: an attribute, the text of an element, or that of the first item of the list in it (ISO 16684-1, 7.4 to
/// 7.9).
pub(super) fn property(xmp: &str, name: &str) -> Option<String> {
    let places = xmp.match_indices(name).take(MOST);
    places
        .filter_map(|(at, _)| {
            let (before, after) = (&xmp[..at], &xmp[at + name.len()..]);
            match before.ends_with('<') {
                true => element(after, name),
                false if before.ends_with(|char: char| char.is_ascii_whitespace()) => {
                    attribute(after)
                }
                false => None,
            }
        })
        .map(unescaped)
        .next()
}

/// Places in which a property is looked for: a name may stand in the texts as well.
const MOST: usize = 100;

/// The value of an attribute, behind its name.
fn attribute(text: &str) -> Option<&str> {
    let value = text.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|char| "\"'".contains(*char))?;
    let (value, _) = value[1..].split_once(quote)?;
    Some(value)
}

/// The text of an element, behind its name.
fn element<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (attributes, rest) = text.split_once('>')?;
    if attributes.ends_with('/') || attributes.starts_with(|char: char| char.is_alphanumeric()) {
        return None;
    }
    let (inside, _) = rest.split_once(&format!("</{name}>"))?;
    let Some((_, item)) = inside.split_once("<rdf:li") else {
        return (!inside.contains('<')).then_some(inside);
    };
    let (_, item) = item.split_once('>')?;
    let (text, _) = item.split_once("</rdf:li>")?;
    Some(text)
}

/// A text of XML with its references replaced. One that is not known stays as it is.
fn unescaped(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        plain.push_str(before);
        // The longest name is `#x10FFFF`.
        let end = after.bytes().take(9).position(|byte| byte == b';');
        match end.and_then(|end| Some((reference(&after[..end])?, &after[end + 1..]))) {
            Some((char, left)) => {
                plain.push(char);
                rest = left;
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn reference(name: &str) -> Option<char> {
    let number = match name {
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        _ => name.strip_prefix('#')?,
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16),
        None => number.parse(),
    };
    code.ok().and_then(char::from_u32)
}

#[cfg(test)]
mod tests {
    use super::unescaped;

    #[test]
    fn references_are_replaced_and_what_is_none_stays() {
        let text = "&quot;a&quot; &amp;lt; &#xA;&#39;&#xe9; & b &nbsp; é&;&#x110000; &é";
        let plain = "\"a\" &lt; \n'é & b &nbsp; é&;&#x110000; &é";
        assert_eq!(unescaped(text), plain);
    }
}
