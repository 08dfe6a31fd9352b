//! The objects of a PDF as they are written (ISO 32000-2, 7.2 and 7.3).

use super::super::as_written;

/// Most values in one object. A catalog has some ten, and each takes more memory than it does in the file.
const MOST: usize = 50_000;
/// How deep objects may stand within one another.
const DEEPEST: usize = 32;

/// A value. What nobody asks for is no more than that it is there.
#[derive(Debug)]
pub(super) enum Object {
    /// A whole number.
    Number(i64),
    /// A name without its slash.
    Name(String),
    /// The bytes of a string.
    Text(Vec<u8>),
    List(Vec<Object>),
    Dictionary(Dictionary),
    /// Another object by its number.
    Reference(u32),
    /// A fraction, a truth or nothing.
    Other,
}

/// Names and what they stand for, in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Dictionary(pub(super) Vec<(String, Object)>);

impl Dictionary {
    pub(super) fn get(&self, name: &str) -> Option<&Object> {
        let mut all = self.0.iter();
        all.find(|(known, _)| known == name).map(|(_, value)| value)
    }

    /// A number that is not below nought.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.number()
    }

    /// What these names refer to, without all the rest.
    pub(super) fn only(&self, names: &[&str]) -> Self {
        let kept = names.iter().filter_map(|name| {
            let number = self.reference(name)?;
            Some(((*name).to_owned(), Object::Reference(number)))
        });
        Self(kept.collect())
    }

    /// Takes out a dictionary that stands in this one.
    pub(super) fn take(&mut self, name: &str) -> Option<Self> {
        let (_, value) = self.0.iter_mut().find(|(known, _)| known == name)?;
        match std::mem::replace(value, Object::Other) {
            Object::Dictionary(dictionary) => Some(dictionary),
            other => {
                *value = other;
                None
            }
        }
    }

    /// The number of an object that is referred to.
    pub(super) fn reference(&self, name: &str) -> Option<u32> {
        match self.get(name) {
            Some(Object::Reference(number)) => Some(*number),
            _ => None,
        }
    }
}

impl Object {
    pub(super) fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => u64::try_from(*number).ok(),
            _ => None,
        }
    }
}

/// Why there is no object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The bytes end before it does.
    Ended,
    /// It is none, or one that is not read.
    Wrong,
}

/// How far some bytes are read.
pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    pub(super) at: usize,
    left: usize,
}

impl<'a> Parser<'a> {
    pub(super) fn of(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            at: 0,
            left: MOST,
        }
    }

    fn peek(&self) -> Result<u8, Fault> {
        self.bytes.get(self.at).copied().ok_or(Fault::Ended)
    }

    /// Goes over spaces and comments.
    pub(super) fn space(&mut self) -> Result<(), Fault> {
        loop {
            match self.peek()? {
                b'%' => {
                    while !matches!(self.peek()?, b'\r' | b'\n') {
                        self.at += 1;
                    }
                }
                byte if is_space(byte) => self.at += 1,
                _ => return Ok(()),
            }
        }
    }

    /// Takes a word, if it stands here.
    pub(super) fn word(&mut self, word: &[u8]) -> Result<(), Fault> {
        self.space()?;
        let rest = &self.bytes[self.at..];
        if rest.starts_with(word) {
            self.at += word.len();
            Ok(())
        } else if word.starts_with(rest) {
            Err(Fault::Ended)
        } else {
            Err(Fault::Wrong)
        }
    }

    /// A number that is not below nought.
    pub(super) fn count(&mut self) -> Result<u64, Fault> {
        self.space()?;
        let number = std::str::from_utf8(self.regular()).ok();
        let number = number.and_then(|number| number.parse().ok());
        self.peek()?;
        number.ok_or(Fault::Wrong)
    }

    pub(super) fn object(&mut self) -> Result<Object, Fault> {
        self.within(DEEPEST)
    }

    fn within(&mut self, deep: usize) -> Result<Object, Fault> {
        let deep = deep.checked_sub(1).ok_or(Fault::Wrong)?;
        self.left = self.left.checked_sub(1).ok_or(Fault::Wrong)?;
        self.space()?;
        match self.peek()? {
            b'/' => self.name().map(Object::Name),
            b'(' => self.literal().map(Object::Text),
            b'<' if self.bytes.get(self.at + 1) == Some(&b'<') => {
                self.dictionary(deep).map(Object::Dictionary)
            }
            b'<' => self.hexadecimal().map(Object::Text),
            b'[' => {
                self.at += 1;
                let mut list = Vec::new();
                loop {
                    self.space()?;
                    if self.peek()? == b']' {
                        self.at += 1;
                        return Ok(Object::List(list));
                    }
                    list.push(self.within(deep)?);
                }
            }
            _ => self.plain(),
        }
    }

    /// Bytes that are neither spaces nor of the syntax.
    fn regular(&mut self) -> &'a [u8] {
        let rest = &self.bytes[self.at..];
        let is_end = |byte: &u8| is_space(*byte) || b"()<>[]{}/%".contains(byte);
        let length = rest.iter().position(is_end).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// A number, a reference or a word.
    fn plain(&mut self) -> Result<Object, Fault> {
        let word = self.regular();
        self.peek()?;
        if word.is_empty() {
            return Err(Fault::Wrong);
        }
        let number = std::str::from_utf8(word).ok().map(str::parse::<i64>);
        let Some(Ok(number)) = number else {
            return Ok(Object::Other);
        };
        let after = self.at;
        let reference = match u32::try_from(number) {
            Ok(reference) => self.reference().map(|()| reference),
            Err(_) => Err(Fault::Wrong),
        };
        match reference {
            Ok(reference) => Ok(Object::Reference(reference)),
            Err(Fault::Ended) => Err(Fault::Ended),
            Err(Fault::Wrong) => {
                self.at = after;
                Ok(Object::Number(number))
            }
        }
    }

    /// What follows the number of an object that is referred to.
    fn reference(&mut self) -> Result<(), Fault> {
        self.space()?;
        if !self.peek()?.is_ascii_digit() {
            return Err(Fault::Wrong);
        }
        self.count()?;
        self.space()?;
        match self.regular() {
            b"R" => Ok(()),
            _ => Err(Fault::Wrong),
        }
    }

    /// A name, in which a cross and two digits stand for a byte.
    fn name(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let written = self.regular();
        self.peek()?;
        let mut name = Vec::new();
        let mut rest = written;
        while let [byte, more @ ..] = rest {
            let of_hex = match (byte, more) {
                (b'#', [high, low, ..]) => digit(*high).zip(digit(*low)),
                _ => None,
            };
            match of_hex {
                Some((high, low)) => {
                    name.push(high << 4 | low);
                    rest = &more[2..];
                }
                None => {
                    name.push(*byte);
                    rest = more;
                }
            }
        }
        Ok(as_written(&name))
    }

    fn dictionary(&mut self, deep: usize) -> Result<Dictionary, Fault> {
        self.at += 2;
        let mut all = Vec::new();
        loop {
            self.space()?;
            match self.peek()? {
                b'/' => {
                    let name = self.name()?;
                    all.push((name, self.within(deep)?));
                }
                b'>' => {
                    self.word(b">>")?;
                    return Ok(Dictionary(all));
                }
                _ => return Err(Fault::Wrong),
            }
        }
    }

    fn hexadecimal(&mut self) -> Result<Vec<u8>, Fault> {
        self.at += 1;
        let mut digits = Vec::new();
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match (byte, digit(byte)) {
                (b'>', _) => break,
                (_, Some(digit)) => digits.push(digit),
                _ if is_space(byte) => {}
                _ => return Err(Fault::Wrong),
            }
        }
        // One that is missing at the end is nought.
        let pairs = digits.chunks(2);
        Ok(pairs
            .map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0))
            .collect())
    }

    /// A string in brackets, which may hold pairs of them.
    fn literal(&mut self) -> Result<Vec<u8>, Fault> {
        self.at += 1;
        let mut text = Vec::new();
        let mut open = 0_u32;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'\\' => self.escape(&mut text)?,
                b')' if open == 0 => return Ok(text),
                // Any end of a line is one.
                b'\r' => {
                    if self.peek()? == b'\n' {
                        self.at += 1;
                    }
                    text.push(b'\n');
                }
                _ => {
                    match byte {
                        b'(' => open += 1,
                        b')' => open -= 1,
                        _ => {}
                    }
                    text.push(byte);
                }
            }
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) -> Result<(), Fault> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => text.push(b'\n'),
            b'r' => text.push(b'\r'),
            b't' => text.push(b'\t'),
            b'b' => text.push(8),
            b'f' => text.push(12),
            // The line goes on.
            b'\n' => {}
            b'\r' => {
                if self.peek()? == b'\n' {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut code = byte - b'0';
                for _ in 0..2 {
                    let next = self.peek()?;
                    if !matches!(next, b'0'..=b'7') {
                        break;
                    }
                    self.at += 1;
                    code = code << 3 | (next - b'0');
                }
                text.push(code);
            }
            _ => text.push(byte),
        }
        Ok(())
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 12 | b'\r' | b' ')
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}
