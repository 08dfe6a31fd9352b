//! Clean copies of sound, drawings and animations that are made of what is looked at most closely.

use super::alone;
use super::copies::cleaned;
use cpu_time::ThreadTime;
use record::clean::Uncleanable;

/// A frame of MP3 filled with a word.
fn frame(word: &[u8]) -> Vec<u8> {
    let filled = word.iter().cycle().take(413).copied();
    [0xff, 0xfb, 0x90, 0x64].into_iter().chain(filled).collect()
}

#[test]
fn sound_of_very_many_tags_is_cleaned_in_time_or_refused() {
    let _alone = alone();
    let begun = ThreadTime::now();
    let plain = frame(b"\x11");
    for word in [
        &b"TAG"[..],
        b"ID3\x03\0\0\0\0\x7f\x7f",
        b"APETAGEX",
        b"LYRICSBEGIN",
        b"\xff\xfb\x90\x64",
    ] {
        let full = [frame(word).repeat(10_000), plain.clone()].concat();
        assert!(cleaned(&full).expect("a copy") == full, "{word:?}");
        // Zeros behind each frame have it looked through.
        let gaps = [&frame(word)[..], &[0; 8]].concat().repeat(10_000);
        let _ = cleaned(&gaps);
        let behind = [plain.repeat(3), word.repeat(300_000)].concat();
        let _ = cleaned(&behind);
    }
    let gaps = [&plain[..], &[0; 9]].concat().repeat(300);
    let refused = cleaned(&gaps);
    assert!(
        matches!(refused, Err(Uncleanable::Broken(_))),
        "{refused:?}"
    );
    let lyrics = [plain.repeat(3), b"LYRICSBEGINLYRICSEND".repeat(200_000)].concat();
    assert!(cleaned(&lyrics).expect("a copy") == plain.repeat(3));
    let tags = [&plain[..], b"TAG", &[0; 125]].concat().repeat(20_000);
    assert!(cleaned(&tags).expect("a copy") == plain.repeat(20_000));
    let seconds = begun.elapsed().as_secs_f64();
    assert!(seconds < 20.0, "{seconds:.1} s");
}

#[test]
fn drawing_of_many_spaces_of_names_is_cleaned_in_time() {
    let _alone = alone();
    let begun = ThreadTime::now();
    let spaces: String = (0..255)
        .map(|at| format!(" xmlns:a{at}='http://www.w3.org/2000/svg'"))
        .collect();
    let drawing = format!("<svg{spaces}>{}</svg>", "<b/>".repeat(1_000_000));
    assert!(cleaned(drawing.as_bytes()).expect("a copy") == drawing.as_bytes());
    let of_editors: String = (0..400_000).map(|at| format!(" e:a{at}='b'")).collect();
    let entities: String = (0..9_000)
        .map(|at| format!("<!ENTITY a{at} 'b'>"))
        .collect();
    let styles = format!("<style>{}</style>", "[a".repeat(1 << 20));
    let many = "<e:a>a<e:a/></e:a>".repeat(200_000);
    let svg = "svg xmlns='http://www.w3.org/2000/svg'";
    for (drawing, is_cleaned) in [
        (format!("<{svg}{of_editors}/>"), true),
        (format!("<{svg}{of_editors}>{styles}</svg>"), true),
        (
            format!(
                "<!DOCTYPE svg [{entities}]><{svg}>{}</svg>",
                "&a7;".repeat(1 << 20)
            ),
            true,
        ),
        (
            format!("<!DOCTYPE svg [{}]><{svg}/>", entities.repeat(2)),
            false,
        ),
        (format!("<{svg}>{styles}{many}</svg>"), true),
        (
            format!(
                "<{svg}><path d='{}'/></svg>",
                "da\\74 a:&#9;".repeat(600_000)
            ),
            false,
        ),
    ] {
        let _ = super::read_soon(drawing.as_bytes());
        let copy = cleaned(drawing.as_bytes());
        assert_eq!(copy.is_ok(), is_cleaned, "{}", &drawing[..80]);
    }
    let seconds = begun.elapsed().as_secs_f64();
    assert!(seconds < 20.0, "{seconds:.1} s");
}

/// A frame of a WebP of one colour, packed without loss, as wide and high as it says.
fn still(side: u32) -> Vec<u8> {
    let chunk = |name: &[u8; 4], data: &[u8]| {
        let length = (data.len() as u32).to_le_bytes();
        [&name[..], &length, data, &[0][..data.len() % 2]].concat()
    };
    let last = side - 1;
    let size = (last | last << 14).to_le_bytes();
    // No transforms, and five codes of one symbol each, which is nought.
    let codes = [0x28, 0x40, 0x01, 0x0a, 0x50, 0x80, 0x02, 0x00];
    let picture = chunk(b"VP8L", &[&[0x2f][..], &size, &codes].concat());
    let side = [&last.to_le_bytes()[..3], &last.to_le_bytes()[..3]].concat();
    let head = [&[0; 6][..], &side, &[9, 0, 0, 0]].concat();
    chunk(b"ANMF", &[&head[..], &picture].concat())
}

#[test]
fn animation_of_many_large_frames_is_looked_through_in_time_or_refused() {
    let _alone = alone();
    let begun = ThreadTime::now();
    let animation = |frames: usize| {
        let head = b"VP8X\x0a\0\0\0\x02\0\0\0\xff\x07\0\xff\x07\0ANIM\x06\0\0\0\0\0\0\0\0\0";
        let chunks = [&b"WEBP"[..], head, &still(2_048).repeat(frames)].concat();
        [&b"RIFF"[..], &(chunks.len() as u32).to_le_bytes(), &chunks].concat()
    };
    let short = animation(3);
    assert!(cleaned(&short).expect("a copy") == short);
    let refused = cleaned(&animation(10_000));
    assert!(matches!(refused, Err(Uncleanable::Kind(_))), "{refused:?}");
    let seconds = begun.elapsed().as_secs_f64();
    assert!(seconds < 20.0, "{seconds:.1} s");
}
