//! Calldata for any function, with a note of what stands where.

use alloy_json_abi::Param;
use alloy_primitives::{Address, U256};

/// What a word of calldata is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// A value whose lowest or highest bits alone may be set.
    Value(Clean),
    /// The place of a tail.
    Offset,
    /// The length of a list, `bytes` or `string`.
    Length,
}

/// Which bits of a value's word may be set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Clean {
    /// The lowest so many.
    Low(usize),
    /// The highest so many.
    High(usize),
}

/// Calldata or a part of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Encoded {
    pub(crate) bytes: Vec<u8>,
    /// Place and meaning of each word but the contents of `bytes` and `string`.
    pub(crate) marks: Vec<(usize, Mark)>,
    /// Zeros at the very end that only fill up a word.
    pub(crate) padding: usize,
}

/// Calldata with arguments that are well-formed.
pub(crate) fn calldata(selector: [u8; 4], inputs: &[Param], person: Address) -> Encoded {
    let mut encoded = Encoded {
        bytes: selector.into(),
        ..Encoded::default()
    };
    encoded.append(tuple(inputs, person, 1));
    encoded
}

impl Encoded {
    fn append(&mut self, part: Self) {
        let at = self.bytes.len();
        self.bytes.extend(part.bytes);
        self.marks.extend(
            part.marks
                .into_iter()
                .map(|(place, mark)| (place + at, mark)),
        );
        self.padding = part.padding;
    }

    fn word(value: U256, mark: Mark) -> Self {
        Self {
            bytes: value.to_be_bytes::<32>().into(),
            marks: vec![(0, mark)],
            padding: 0,
        }
    }
}

/// Heads in order, tails behind them in order.
fn sequence(parts: Vec<(bool, Encoded)>) -> Encoded {
    let heads: usize = parts
        .iter()
        .map(|(dynamic, part)| if *dynamic { 32 } else { part.bytes.len() })
        .sum();
    let (mut head, mut tail) = (Encoded::default(), Encoded::default());
    for (dynamic, part) in parts {
        if dynamic {
            head.append(Encoded::word(
                U256::from(heads + tail.bytes.len()),
                Mark::Offset,
            ));
            tail.append(part);
        } else {
            head.append(part);
        }
    }
    if !tail.bytes.is_empty() {
        head.append(tail);
    }
    head
}

fn tuple(params: &[Param], person: Address, number: u64) -> Encoded {
    sequence(
        params
            .iter()
            .map(|param| {
                (
                    is_dynamic(&param.ty, &param.components),
                    value(param, person, number),
                )
            })
            .collect(),
    )
}

fn is_dynamic(ty: &str, components: &[Param]) -> bool {
    match ty {
        "bytes" | "string" => true,
        "tuple" => components
            .iter()
            .any(|param| is_dynamic(&param.ty, &param.components)),
        list => list.ends_with("[]"),
    }
}

fn value(param: &Param, person: Address, number: u64) -> Encoded {
    typed(&param.ty, &param.components, person, number)
}

/// A value of this type; of a number that a work can have, `number`.
fn typed(ty: &str, components: &[Param], person: Address, number: u64) -> Encoded {
    if let Some(item) = ty.strip_suffix("[]") {
        let items = [1, 2].map(|number| {
            (
                is_dynamic(item, components),
                typed(item, components, person, number),
            )
        });
        let mut list = Encoded::word(U256::from(items.len()), Mark::Length);
        list.append(sequence(items.into()));
        return list;
    }
    match ty {
        "tuple" => tuple(components, person, number),
        "bytes" | "string" => text(b"https://lineage.example/an/awkward/length"),
        "address" => Encoded::word(person.into_word().into(), Mark::Value(Clean::Low(160))),
        "bool" => Encoded::word(U256::from(1), Mark::Value(Clean::Low(1))),
        _ => numeric(ty, number),
    }
}

fn text(bytes: &[u8]) -> Encoded {
    let mut encoded = Encoded::word(U256::from(bytes.len()), Mark::Length);
    encoded.bytes.extend(bytes);
    encoded.padding = bytes.len().next_multiple_of(32) - bytes.len();
    encoded
        .bytes
        .resize(encoded.bytes.len() + encoded.padding, 0);
    encoded
}

/// Small numbers, so that lists ascend and codes are known.
fn numeric(ty: &str, number: u64) -> Encoded {
    if let Some(bits) = ty.strip_prefix("uint") {
        let bits = bits.parse().expect("a width");
        let value = if bits == 8 { 0 } else { number };
        return Encoded::word(U256::from(value), Mark::Value(Clean::Low(bits)));
    }
    let bytes: usize = ty
        .strip_prefix("bytes")
        .and_then(|bytes| bytes.parse().ok())
        .expect("a known type");
    let value = U256::from(0xab) << 248;
    Encoded::word(value, Mark::Value(Clean::High(bytes * 8)))
}
