//! A JSON object read from its start, member by member, in the memory of one of them.

use std::io::BufRead;

/// Most bytes of a name that is looked at, with its quotes. Tensors have long names, none as long.
const LONGEST_NAME: usize = 4_096;

/// How far an object is read.
pub(crate) struct Scan<'a, R> {
    source: &'a mut R,
    taken: u64,
}

impl<'a, R: BufRead> Scan<'a, R> {
    pub(crate) fn of(source: &'a mut R) -> Self {
        Self { source, taken: 0 }
    }

    /// The name of the next member, with escapes as they stand and empty where it is very long; the source is behind its colon.
    /// [`None`] at the end.
    pub(crate) fn name(&mut self) -> Option<Vec<u8>> {
        // What stands before it is a brace or a comma.
        loop {
            match self.peek()? {
                b'"' => break,
                b'}' => return None,
                _ => self.skip(),
            }
        }
        let mut name = self.text(LONGEST_NAME)?.unwrap_or_else(|| vec![b'"'; 2]);
        while self.peek()? != b':' {
            self.skip();
        }
        self.skip();
        name.pop();
        Some(name.split_off(1))
    }

    /// Goes into the next value. Whether it is an object.
    pub(crate) fn enter(&mut self) -> Option<bool> {
        while self.peek()?.is_ascii_whitespace() {
            self.skip();
        }
        Some(self.peek()? == b'{')
    }

    /// The next value as it is written, or nothing of one that has more bytes than these.
    pub(crate) fn value(&mut self, most: usize) -> Option<Option<Vec<u8>>> {
        let mut kept = Some(Vec::new());
        let mut depth = 0_u64;
        loop {
            let byte = self.peek()?;
            match byte {
                b'"' => {
                    let left = kept.as_ref().map_or(0, |kept| most - kept.len());
                    let text = self.text(left)?;
                    kept = match (kept, text) {
                        (Some(mut kept), Some(text)) => {
                            kept.extend(text);
                            Some(kept)
                        }
                        _ => None,
                    };
                    if depth == 0 {
                        return Some(kept);
                    }
                    continue;
                }
                b'{' | b'[' => depth += 1,
                b'}' | b']' if depth == 0 => return Some(kept),
                b'}' | b']' => depth -= 1,
                b',' if depth == 0 => return Some(kept),
                _ => {}
            }
            self.skip();
            keep(&mut kept, byte, most);
            if depth == 0 && matches!(byte, b'}' | b']') {
                return Some(kept);
            }
        }
    }

    /// The string at which the source stands, with its quotes.
    fn text(&mut self, most: usize) -> Option<Option<Vec<u8>>> {
        let mut kept = Some(Vec::new());
        let mut is_escaped = false;
        let mut is_open = false;
        loop {
            let byte = self.peek()?;
            self.skip();
            keep(&mut kept, byte, most);
            match byte {
                _ if is_escaped => is_escaped = false,
                b'\\' => is_escaped = true,
                b'"' if is_open => return Some(kept),
                b'"' => is_open = true,
                _ => {}
            }
        }
    }

    /// Goes behind the end of the object in which it is. Whether it stood there.
    pub(crate) fn leave(&mut self) -> bool {
        let stands = self.peek() == Some(b'}');
        if stands {
            self.skip();
        }
        stands
    }

    /// How many bytes were read.
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }

    fn skip(&mut self) {
        self.source.consume(1);
        self.taken += 1;
    }

    fn peek(&mut self) -> Option<u8> {
        self.source.fill_buf().ok()?.first().copied()
    }
}

fn keep(kept: &mut Option<Vec<u8>>, byte: u8, most: usize) {
    match kept {
        Some(bytes) if bytes.len() < most => bytes.push(byte),
        _ => *kept = None,
    }
}
