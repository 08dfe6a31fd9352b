//! Names of files as they are typed, for commands that people are told to type.

use crate::report::plain;
use std::path::Path;

/// The name of a file as one word of a command: quoted where a shell would divide or change it, and never an option. What is no text
/// stands as bash and zsh read it, `$'\xff'`.
#[must_use]
pub(crate) fn word(path: &Path) -> String {
    let bytes = path.as_os_str().as_encoded_bytes();
    let here = if bytes.starts_with(b"-") { "./" } else { "" };
    let is_safe = |c: char| c.is_alphanumeric() || "_./:=@%+,-".contains(c);
    match path.to_str().filter(|text| plain(text) == *text) {
        Some(text) if !text.is_empty() && text.chars().all(is_safe) => format!("{here}{text}"),
        Some(text) => format!("'{here}{}'", text.replace('\'', r"'\''")),
        None => {
            let escaped = |byte: &u8| match byte {
                b'\'' | b'\\' => format!("\\{}", char::from(*byte)),
                b' '..=b'~' => char::from(*byte).to_string(),
                _ => format!("\\x{byte:02x}"),
            };
            let escaped: String = bytes.iter().map(escaped).collect();
            format!("$'{here}{escaped}'")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_is_one_word_for_a_shell_and_no_option() {
        for (name, typed) in [
            ("art/duck-1.png", "art/duck-1.png"),
            ("зима.png", "зима.png"),
            ("a duck.png", "'a duck.png'"),
            ("it's.png", r"'it'\''s.png'"),
            ("$(rm).png", "'$(rm).png'"),
            ("~duck", "'~duck'"),
            ("-d.png", "./-d.png"),
            ("- d.png", "'./- d.png'"),
            ("a\nb'c.png", r"$'a\x0ab\'c.png'"),
            ("", "''"),
        ] {
            assert_eq!(word(Path::new(name)), typed);
        }
    }

    #[cfg(unix)]
    #[test]
    fn bash_reads_the_name_that_was_meant() {
        use std::os::unix::ffi::OsStrExt as _;
        let every: Vec<u8> = (1..=u8::MAX).filter(|byte| *byte != b'/').collect();
        for name in [
            &every[..],
            b"x\xff.png",
            b"a b",
            b"it's",
            b"\xe2\x80\xae",
            b"a\\'b\n",
        ] {
            let word = word(Path::new(std::ffi::OsStr::from_bytes(name)));
            let output = std::process::Command::new("bash")
                .args(["-c", &format!("printf %s {word}")])
                .output()
                .expect("bash");
            assert_eq!(output.stdout, name, "{word}");
        }
    }
}
