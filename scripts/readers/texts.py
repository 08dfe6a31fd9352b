"""Compares the texts that lineage finds in the fixtures with those that the usual reader of each kind of file finds.

Those are exiftool (Debian, Artistic or GPL) for pictures, sound and video, mutagen (PyPI, GPL) for sound and video, and
safetensors and gguf (PyPI, Apache-2.0 and MIT) for models. A text is the same if it has the same name and, where lineage takes
steps from it, the same characters. Every difference must stand in docs/readers.md, and every one that stands there must be one.
"""

import base64
import collections
import fnmatch
import json
import pathlib
import re
import subprocess
import sys

import gguf
import mutagen
import safetensors

from tables import ROOT, rows

FIXTURES = [ROOT / "tests" / "fixtures" / name for name in ("works", "cases", "pictures", "media")]

# The tables of exiftool whose tags are texts that someone wrote. The others tell how a file is built.
TEXTS = re.compile(
    r"PNG::TextualData|Exif::Main|XMP::.*|IPTC::.*|ID3::v.*|Vorbis::Comments|Matroska::StdTag|RIFF::Info"
    r"|QuickTime::(ItemList|Keys|UserData|iTunesInfo)|SVG::.*|PDF::Info"
)
# Texts in other tables of it.
MORE_TEXTS = {"Comment", "MuxingApp", "WritingApp", "HandlerDescription", "Title"}
# What lineage calls texts that have names of four letters, as ffmpeg calls them too.
NAMES = {
    "icmt": "comment",
    "isft": "encoder",
    "cmt": "comment",
    "too": "encoder",
    "desc": "description",
    "comm": "comment",
    "uslt": "lyrics",
    "makernoteunknowntext": "makernote",
}


def key(name):
    """A name by which both call a text: exiftool writes `Datecreate` for `date:create`."""
    name = re.sub(r"[^a-z0-9]", "", name.lower())
    return NAMES.get(name, name)


def of_exiftool(files):
    # Numbers stay numbers (-n), each tag is told with its table (-t), and none for another of its name (-a).
    command = ["exiftool", "-j", "-t", "-n", "-a", "-u", "-G4:1", "-ee3", *files]
    said = json.loads(subprocess.run(command, capture_output=True).stdout)
    for tags in said:
        texts = []
        for name, tag in tags.items():
            if name == "SourceFile" or not isinstance(tag, dict):
                continue
            name, values = name.split(":")[-1], tag["val"]
            if not TEXTS.fullmatch(tag["table"]) and name not in MORE_TEXTS:
                continue
            for value in values if isinstance(values, list) else [values]:
                # Without a letter, a value of EXIF is a number or several.
                if tag["table"] == "Exif::Main" and not re.search("[A-Za-z]", str(value)):
                    continue
                texts.append(named_by_exiftool(tag, name, str(value)))
        yield pathlib.Path(tags["SourceFile"]), texts


def named_by_exiftool(tag, name, text):
    table, number = tag["table"], str(tag["id"])
    if table == "Exif::Main":
        # ComfyUI writes the name and the text into one tag.
        inside = re.match(r"(prompt|workflow):(?=\{)", text)
        return (key(inside[1]), text[inside.end() :]) if inside else (key(name), text)
    if number == "TXXX":
        inside = re.match(r"\((.*?)\) ", text)
        return key(inside[1]), text[inside.end() :]
    if number.startswith("base64:"):
        return key(base64.b64decode(number[7:]).decode("latin-1")), text
    return key(name if number.isdigit() else number), text


def of_mutagen(files):
    for path in files:
        try:
            file = mutagen.File(path)
        except mutagen.MutagenError:
            continue
        if file is None or file.tags is None:
            continue
        texts = []
        for name, value in file.tags.items():
            # `TXXX:prompt` of ID3, `COMM::eng`, `----:com.apple.iTunes:prompt` of MP4; what `keys` of MP4 call by a number.
            parts = name.split(":")
            name = parts[-1] if parts[0] in ("TXXX", "----") else parts[0]
            if name.startswith("\0"):
                name = f"number {ord(name[-1])}"
            for text in value if isinstance(value, list) else [value]:
                texts.append((key(name), text.decode() if isinstance(text, bytes) else str(text)))
        yield path, texts


def of_safetensors(files):
    for path in files:
        if path.suffix == ".safetensors":
            with safetensors.safe_open(path, "numpy") as file:
                yield path, [(key(name), text) for name, text in file.metadata().items()]


def of_gguf(files):
    for path in files:
        if path.suffix == ".gguf":
            fields = gguf.GGUFReader(path).fields
            # The names of its head, which is no metadata, begin so.
            told = {name: field.contents() for name, field in fields.items() if not name.startswith("GGUF.")}
            yield path, [(key(name), written(value)) for name, value in told.items()]


def written(value):
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def of_lineage(files):
    """Of each file, the names of its texts, each with what is told from it: all of it, or parts."""
    command = [ROOT / "target" / "debug" / "lineage", "inspect", "--no-hash", "--json", *files]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    for path, file in zip(files, said, strict=True):
        texts = []
        whole = {}
        for step in file["steps"]:
            # Metadata of a model is one step, in which each has its name.
            if step["kind"] == "parameters" and re.match("safetensors|GGUF", step["from"]):
                whole = {key(name): written(text) for name, text in json.loads(step["content"]).items()}
        # A time that is no text is disclosed too.
        for place in (disclosed["where"] for disclosed in file["discloses"] if disclosed["where"] != "PNG tIME"):
            # `XMP dc:subject`, where the part before the colon is none of the name, and `PNG tEXt date:create`, where it is.
            name = key(place.split(":" if place.startswith("XMP") else " ")[-1])
            steps = [step for step in file["steps"] if step["from"] == place]
            told = [step["content"] for step in steps if step["kind"] in ("prompt", "parameters")]
            texts.append((name, [whole[name]] if name in whole else told))
        yield path, texts


def is_said(text, told):
    """Whether a text is one that was told, or the ones that were told are parts of it."""
    text = text.strip()
    return any(text == part.strip() for part in told) or all(part.strip() in text for part in told)


def differences(path, reader, theirs, ours):
    ours, same = list(ours), 0
    found = []
    for name, text in theirs:
        mine = [one for one in ours if one[0] == name]
        one = next((one for one in mine if is_said(text, one[1])), None)
        if one is not None:
            ours.remove(one)
            same += 1
        elif mine:
            ours.remove(mine[0])
            found.append((path.name, reader, "lineage", f"another {name}"))
        else:
            found.append((path.name, reader, "lineage", name))
    found += [(path.name, "lineage", reader, name) for name, _ in ours]
    return same, found


def known():
    """The rows of the table; `*.mkv` means every file of this kind."""
    return [row[:4] for row in rows("Texts")]


def is_in(row, difference):
    files, whats = row[0].split(", "), row[3].split(", ")
    return (
        any(fnmatch.fnmatchcase(difference[0], file) for file in files)
        and list(difference[1:3]) == row[1:3]
        and any(fnmatch.fnmatchcase(difference[3], what) for what in whats)
    )


files = [path for folder in FIXTURES for path in sorted(folder.iterdir())]
# What is written about the fixtures is none.
files = [path for path in files if path.suffix not in (".md", ".py", ".json", "")]
ours = dict(of_lineage(files))
read, found = collections.Counter(), []
readers = {"exiftool": of_exiftool, "mutagen": of_mutagen, "safetensors": of_safetensors, "gguf": of_gguf}
for reader, texts in readers.items():
    for path, theirs in texts(files):
        same, differ = differences(path, reader, theirs, ours[path])
        read[reader] += same
        found += differ

rows = known()
missing = [difference for difference in found if not any(is_in(row, difference) for row in rows)]
gone = [row for row in rows if not any(is_in(row, difference) for difference in found)]
for difference in missing:
    print("not in docs/readers.md:", " | ".join(difference))
for row in gone:
    print("in docs/readers.md and no difference:", " | ".join(row))
if missing or gone:
    sys.exit(1)
same = ", ".join(f"{count} by {reader}" for reader, count in read.items())
print(f"the same texts are read: {same}; {len(found)} differ as docs/readers.md says")
