//! Where the objects of a PDF stand (ISO 32000-2, 7.5): tables, streams of them, and streams that hold objects.

use super::super::stream::{array, vec};
use super::streams;
use super::syntax::{Dictionary, Fault, Object, Parser};
use crate::Source;
use std::io::{Read as _, SeekFrom};

/// Most sections of tables. Each time a file is saved may add one.
const MOST_SECTIONS: usize = 256;
/// Earlier saves that are looked at for what they still tell. One more is kept, by which it is known that there are others.
pub(super) const MOST_EARLIER: usize = 8;
/// Most runs of numbers in all tables.
const MOST_RUNS: usize = 10_000;
/// Most bytes of all tables that are streams, and of a stream of objects.
const LONGEST: usize = 8 << 20;
/// Bytes of an object that are looked at, more where it does not end within them.
const WINDOWS: [u64; 3] = [1 << 14, 1 << 18, (4 << 20) + (1 << 16)];
/// How often an object may need another to be read: it may stand in a stream, whose length may be an object.
pub(super) const DEEPEST: u8 = 6;

/// Why an object is not had.
pub(super) type Reason = &'static str;

const WRONG: Reason = "its objects are not where it says";
const ENDS: Reason = "it breaks off, or one of its objects is too long";

impl From<Fault> for Problem {
    fn from(fault: Fault) -> Self {
        Self(match fault {
            Fault::Ended => ENDS,
            Fault::Wrong => WRONG,
        })
    }
}

/// A reason that faults become.
#[derive(Debug)]
pub(super) struct Problem(pub(super) Reason);

/// A part of the table of objects.
#[derive(Debug)]
enum Section {
    /// Runs of numbers: the first, how many, and where the first line of twenty bytes stands.
    Table(Vec<(u64, u64, u64)>),
    /// The same in a stream: runs (the first, how many), the widths of an entry, the entries.
    Stream(Vec<(u64, u64)>, [usize; 3], Vec<u8>),
}

/// Where an object is.
enum Place {
    At(u64),
    /// In the stream of objects of this number.
    In(u32),
}

/// A file by its table of objects, the newest section first.
pub(super) struct Objects<'a> {
    source: &'a mut dyn Source,
    sections: Vec<Section>,
    /// The newest of the sections that are looked at.
    newest: usize,
    /// What this section says of the whole file.
    pub(super) trailer: Dictionary,
    /// The sections of earlier saves, the oldest first, each with where these lead to.
    earlier: Vec<(usize, Dictionary)>,
}

/// An object, and where the data of a stream begins if it is one.
pub(super) struct Read {
    pub(super) object: Object,
    pub(super) data: Option<u64>,
}

impl<'a> Objects<'a> {
    /// Reads the tables of a file.
    pub(super) fn of(source: &'a mut dyn Source) -> Result<Self, Problem> {
        let mut objects = Self {
            source,
            sections: Vec::new(),
            newest: 0,
            trailer: Dictionary::default(),
            earlier: Vec::new(),
        };
        let start = objects.start().ok_or(Problem(
            "it breaks off: where its objects stand is not said",
        ))?;
        let mut next = vec![start];
        let mut seen = Vec::new();
        let (mut runs, mut taken) = (0, 0);
        while let Some(at) = next.pop() {
            // A circle is no more than its sections.
            if seen.contains(&at) {
                continue;
            }
            if seen.len() == MOST_SECTIONS {
                return Err(Problem("it was saved too often"));
            }
            seen.push(at);
            let (section, trailer) = objects.section(at, &mut runs, &mut taken)?;
            let newest = objects.sections.len();
            // What a table leaves to a stream counts before it: there the table says that it is free.
            if let Some(at) = trailer.number("XRefStm").filter(|at| !seen.contains(at)) {
                seen.push(at);
                let (hidden, _) = objects.section(at, &mut runs, &mut taken)?;
                objects.sections.push(hidden);
            }
            objects.sections.push(section);
            next.extend(trailer.number("Prev"));
            if seen[0] == at {
                objects.trailer = trailer;
            } else if objects.earlier.len() <= MOST_EARLIER {
                objects
                    .earlier
                    .push((newest, trailer.only(&["Info", "Root"])));
            }
        }
        objects.earlier.reverse();
        Ok(objects)
    }

    /// Looks at the file as it was when it was saved the time before, if it was.
    pub(super) fn go_back(&mut self) -> Option<()> {
        (self.newest, self.trailer) = self.earlier.pop()?;
        Some(())
    }

    /// Where the newest section stands, as the end of the file says.
    fn start(&mut self) -> Option<u64> {
        let end = self.source.seek(SeekFrom::End(0)).ok()?;
        let tail = self.window(end.saturating_sub(2_048), 2_048);
        let word = b"startxref";
        let at = tail.windows(word.len()).rposition(|at| at == word)?;
        let mut digits = Parser::of(&tail[at + word.len()..]);
        digits.count().ok()
    }

    /// So many bytes from there, or fewer at the end of the file.
    fn window(&mut self, at: u64, most: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.source.seek(SeekFrom::Start(at)).is_ok() {
            let _ = (&mut *self.source).take(most).read_to_end(&mut bytes);
        }
        bytes
    }

    /// Reads what stands there, in as many bytes as that takes.
    fn parse<T>(
        &mut self,
        at: u64,
        read: impl Fn(&mut Parser) -> Result<T, Fault>,
    ) -> Result<T, Problem> {
        for most in WINDOWS {
            let bytes = self.window(at, most);
            match read(&mut Parser::of(&bytes)) {
                Err(Fault::Ended) if bytes.len() as u64 == most => {}
                read => return Ok(read?),
            }
        }
        Err(Problem(ENDS))
    }

    fn section(
        &mut self,
        at: u64,
        runs: &mut usize,
        taken: &mut usize,
    ) -> Result<(Section, Dictionary), Problem> {
        match self.parse(at, |parser| parser.word(b"xref").map(|()| parser.at)) {
            Ok(head) => self.table(at + head as u64, runs),
            Err(_) => self.stream(at, taken),
        }
    }

    fn table(&mut self, at: u64, runs: &mut usize) -> Result<(Section, Dictionary), Problem> {
        let mut at = at;
        let mut table = Vec::new();
        loop {
            let run = |parser: &mut Parser| {
                if parser.word(b"trailer").is_ok() {
                    return Ok((None, parser.at));
                }
                let run = (parser.count()?, parser.count()?);
                parser.space()?;
                Ok((Some(run), parser.at))
            };
            let (run, head) = self.parse(at, run)?;
            at += head as u64;
            let Some((first, count)) = run else {
                break;
            };
            *runs += 1;
            if *runs > MOST_RUNS {
                return Err(Problem(WRONG));
            }
            table.push((first, count, at));
            at = count
                .checked_mul(20)
                .and_then(|bytes| at.checked_add(bytes))
                .ok_or(Problem(WRONG))?;
        }
        match self.parse(at, |parser| parser.object())? {
            Object::Dictionary(trailer) => Ok((Section::Table(table), trailer)),
            _ => Err(Problem(WRONG)),
        }
    }

    fn stream(&mut self, at: u64, taken: &mut usize) -> Result<(Section, Dictionary), Problem> {
        let read = self.read_at(at, None)?;
        let (Object::Dictionary(all), Some(data)) = (read.object, read.data) else {
            return Err(Problem(WRONG));
        };
        let widths = match all.get("W") {
            Some(Object::List(widths)) => widths.iter().map_while(Object::number).collect(),
            _ => Vec::new(),
        };
        let [a, b, c] = widths[..] else {
            return Err(Problem(WRONG));
        };
        if [a, b, c].iter().any(|width| *width > 8) || a + b + c == 0 {
            return Err(Problem(WRONG));
        }
        let runs = match all.get("Index") {
            Some(Object::List(runs)) => {
                let numbers: Vec<_> = runs.iter().map_while(Object::number).collect();
                let (pairs, _) = numbers.as_chunks::<2>();
                pairs
                    .iter()
                    .map(|[first, count]| (*first, *count))
                    .collect()
            }
            _ => vec![(0, all.number("Size").unwrap_or_default())],
        };
        // Its length is never an object, which nobody could find before this.
        let data = self.data(&all, data, LONGEST - *taken, DEEPEST)?;
        *taken += data.len();
        let widths = [a, b, c].map(|width| width as usize);
        Ok((Section::Stream(runs, widths, data), all))
    }

    /// The data of a stream, unpacked.
    pub(super) fn data(
        &mut self,
        stream: &Dictionary,
        at: u64,
        most: usize,
        left: u8,
    ) -> Result<Vec<u8>, Problem> {
        let length = match stream.get("Length") {
            Some(Object::Reference(number)) => {
                let left = left.checked_sub(1).ok_or(Problem(WRONG))?;
                self.read_in(*number, left)?.object.number()
            }
            length => length.and_then(Object::number),
        };
        let length = length.ok_or(Problem("how long a part of it is, is not said"))?;
        if length > most as u64 {
            return Err(Problem(ENDS));
        }
        self.source
            .seek(SeekFrom::Start(at))
            .map_err(|_| Problem(ENDS))?;
        let data = vec(self.source, length).ok_or(Problem(ENDS))?;
        streams::unpacked(stream, data, most).map_err(Problem)
    }

    /// An object by its number.
    pub(super) fn read(&mut self, number: u32) -> Result<Read, Problem> {
        self.read_in(number, DEEPEST)
    }

    fn read_in(&mut self, number: u32, left: u8) -> Result<Read, Problem> {
        let left = left.checked_sub(1).ok_or(Problem(WRONG))?;
        match self.place(number).ok_or(Problem(WRONG))? {
            Place::At(at) => self.read_at(at, Some(number)),
            Place::In(stream) => self.read_among(stream, number, left),
        }
    }

    /// The object that stands there, if it has this number.
    fn read_at(&mut self, at: u64, number: Option<u32>) -> Result<Read, Problem> {
        let read = |parser: &mut Parser| {
            let found = parser.count()?;
            parser.count()?;
            parser.word(b"obj")?;
            if number.is_some_and(|number| u64::from(number) != found) {
                return Err(Fault::Wrong);
            }
            let object = parser.object()?;
            let is_stream = parser.word(b"stream");
            if is_stream == Err(Fault::Ended) {
                return Err(Fault::Ended);
            }
            Ok((object, is_stream.is_ok().then_some(parser.at)))
        };
        let (object, stream) = self.parse(at, read)?;
        let Some(head) = stream else {
            return Ok(Read { object, data: None });
        };
        // The end of the line is none of the data.
        let data = at + head as u64;
        let after = self.window(data, 2);
        let line = match &after[..] {
            [b'\r', b'\n'] => 2,
            [b'\n' | b'\r', ..] => 1,
            _ => 0,
        };
        let data = Some(data + line);
        Ok(Read { object, data })
    }

    /// An object in a stream of objects: pairs of numbers and places, then the objects (7.5.7).
    fn read_among(&mut self, stream: u32, number: u32, left: u8) -> Result<Read, Problem> {
        let Some(Place::At(at)) = self.place(stream) else {
            return Err(Problem(WRONG));
        };
        let read = self.read_at(at, Some(stream))?;
        let (Object::Dictionary(all), Some(data)) = (read.object, read.data) else {
            return Err(Problem(WRONG));
        };
        let data = self.data(&all, data, LONGEST, left)?;
        let (count, first) = (all.number("N"), all.number("First"));
        let (count, first) = count.zip(first).ok_or(Problem(WRONG))?;
        let mut pairs = Parser::of(&data);
        for _ in 0..count {
            let (found, at) = (pairs.count()?, pairs.count()?);
            if found == u64::from(number) {
                let start = first
                    .checked_add(at)
                    .and_then(|start| usize::try_from(start).ok());
                let bytes = start.and_then(|start| data.get(start..));
                let object = Parser::of(bytes.ok_or(Problem(WRONG))?).object()?;
                return Ok(Read { object, data: None });
            }
        }
        Err(Problem(WRONG))
    }

    /// Where an object is by the newest section that knows it.
    fn place(&mut self, number: u32) -> Option<Place> {
        let number = u64::from(number);
        for section in &self.sections[self.newest..] {
            match section {
                Section::Table(runs) => {
                    let is_in =
                        |(first, count, _): &&(u64, u64, u64)| within(number, *first, *count);
                    let Some((first, _, at)) = runs.iter().find(is_in) else {
                        continue;
                    };
                    let line = at.checked_add((number - first).checked_mul(20)?)?;
                    self.source.seek(SeekFrom::Start(line)).ok()?;
                    let line = array::<18>(self.source)?;
                    let at = std::str::from_utf8(&line[..10]).ok()?;
                    return match line[17] {
                        b'n' => at.trim().parse().ok().map(Place::At),
                        _ => None,
                    };
                }
                Section::Stream(runs, widths, data) => {
                    let mut before = 0_u64;
                    let entry = runs.iter().find_map(|(first, count)| {
                        let entry = within(number, *first, *count)
                            .then(|| before.checked_add(number - first));
                        before = before.saturating_add(*count);
                        entry.flatten()
                    });
                    let Some(entry) = entry else {
                        continue;
                    };
                    return place_in(data, *widths, entry);
                }
            }
        }
        None
    }
}

fn within(number: u64, first: u64, count: u64) -> bool {
    number.checked_sub(first).is_some_and(|after| after < count)
}

/// The place that an entry of a table in a stream says (7.5.8.3).
fn place_in(data: &[u8], widths: [usize; 3], entry: u64) -> Option<Place> {
    let wide: usize = widths.iter().sum();
    let at = usize::try_from(entry).ok()?.checked_mul(wide)?;
    let entry = data.get(at..at.checked_add(wide)?)?;
    let (kind, rest) = entry.split_at(widths[0]);
    let (value, _) = rest.split_at(widths[1]);
    let number = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(0_u64, |sum, byte| sum << 8 | u64::from(*byte))
    };
    match if kind.is_empty() { 1 } else { number(kind) } {
        1 => Some(Place::At(number(value))),
        2 => u32::try_from(number(value)).ok().map(Place::In),
        _ => None,
    }
}
