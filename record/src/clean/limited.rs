//! A file in memory that does not grow without end.

use std::io::{self, Write};

pub(super) struct Limited {
    pub(super) bytes: Vec<u8>,
    most: usize,
}

impl Limited {
    pub(super) fn new(most: usize) -> Self {
        Self {
            bytes: Vec::new(),
            most,
        }
    }
}

impl Write for Limited {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let most = self.most;
        if self.bytes.len() + bytes.len() > most {
            return Err(io::Error::other(format!(
                "the picture hides a text, and has more than {most} bytes without it, which is not packed again here: save it as JPEG, \
                 which keeps no hidden text, and clean that"
            )));
        }
        self.bytes.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
