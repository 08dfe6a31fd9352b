//! Draw Things (macOS, iOS): JSON in the UserComment of the XMP, or of the EXIF.

use crate::field::{Field, Fields};
use crate::json;
use crate::reading::{Evidence, Generator, Reading};
use serde_json::{Map, Value};

const NAME: &str = "Draw Things";
const XMP: &str = "XML:com.adobe.xmp";
/// Most LoRAs that are looked at. A record holds no more steps.
const MOST: usize = 1_000;

pub(super) fn read(fields: &Fields) -> Option<Reading> {
    let xmp = fields.0.iter().filter(|field| field.name == XMP);
    let in_xmp = xmp.filter_map(|field| Some((field, settings(&comment(&field.text)?)?)));
    let in_exif = fields
        .free()
        .filter_map(|field| Some((field, settings(&field.text)?)));
    let (field, settings) = in_xmp.chain(in_exif).next()?;
    let mut reading = Reading::by(Some(Generator::named(NAME)), Evidence::Own);
    let text = |key: &str| settings.get(key).and_then(Value::as_str);
    reading.prompt(text("c").unwrap_or_default(), field);
    reading.negative(text("uc").unwrap_or_default(), field);
    reading.model(text("model").unwrap_or_default(), None, field);
    loras(&settings, field, &mut reading);
    reading.parameters(field);
    reading.tool(NAME, field);
    Some(reading)
}

/// The settings, where it is certain that they are of this program.
fn settings(text: &str) -> Option<Map<String, Value>> {
    if !text.contains("\"uc\"") {
        return None;
    }
    let settings = json::object(text)?;
    let has = |keys: &[&str], is: fn(&Value) -> bool| {
        keys.iter().all(|key| settings.get(*key).is_some_and(is))
    };
    let certain = has(&["c", "uc", "model", "sampler"], Value::is_string)
        && has(&["seed", "steps", "scale"], Value::is_number);
    certain.then_some(settings)
}

fn loras(settings: &Map<String, Value>, field: &Field, reading: &mut Reading) {
    let all = settings.get("lora").and_then(Value::as_array);
    for lora in all.into_iter().flatten().take(MOST) {
        let used = lora.get("weight").and_then(Value::as_f64) != Some(0.0);
        if let Some(name) = lora.get("model").and_then(Value::as_str).filter(|_| used) {
            reading.model(name, None, field);
        }
    }
}

/// The text of `exif:UserComment` in XMP, which is a list of one text in one language.
fn comment(xmp: &str) -> Option<String> {
    let (_, rest) = xmp.split_once("<exif:UserComment>")?;
    let (inside, _) = rest.split_once("</exif:UserComment>")?;
    let (_, rest) = inside.split_once("<rdf:li")?;
    let (_, rest) = rest.split_once('>')?;
    let (text, _) = rest.split_once("</rdf:li>")?;
    Some(unescaped(text))
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
