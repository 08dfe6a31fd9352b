"""Makes the files of speed.sh, and times what reads them."""

import os
import pathlib
import random
import subprocess
import sys
import time
import zlib

from sd_parsers import ParserManager

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "target" / "readers" / "pictures"
LARGE = ROOT / "target" / "readers" / "large"
# As long as a model, and only its length takes place on the disk.
MODEL = ROOT / "target" / "readers" / "model"
SAMPLES = [ROOT / "tests" / "fixtures" / name for name in ("works", "cases")]
PICTURES = 1_000
# Pixels of a side, and levels of a colour: noise so coarse makes a picture of about 160 kB, as a program's of 512 by 512 has.
SIDE, LEVELS = 304, 16
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(name, data):
    check = zlib.crc32(name + data)
    return len(data).to_bytes(4, "big") + name + data + check.to_bytes(4, "big")


def texts(path):
    """The chunks with text of a picture as they stand there."""
    data, at = path.read_bytes(), len(SIGNATURE)
    while at < len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        if data[at + 4 : at + 8] in (b"tEXt", b"zTXt", b"iTXt"):
            yield data[at : at + 12 + length]
        at += 12 + length


def make():
    FOLDER.mkdir(parents=True, exist_ok=True)
    samples = [path for folder in SAMPLES for path in sorted(folder.glob("*.png"))]
    told = [b"".join(texts(path)) for path in samples if path.stat().st_size]
    told = [chunks for chunks in told if chunks]
    head = SIDE.to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    for number in range(PICTURES):
        path = FOLDER / f"{number:04}.png"
        if path.exists():
            continue
        noise = random.Random(number)
        levels = bytes(level % LEVELS * (256 // LEVELS) for level in range(256))
        line = lambda: b"\0" + noise.randbytes(3 * SIDE).translate(levels)
        pixels = zlib.compress(b"".join(line() for _ in range(SIDE)), 6)
        data = chunk(b"IHDR", head) + told[number % len(told)] + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
        path.write_bytes(SIGNATURE + data)
    if not LARGE.exists():
        part = random.Random(0).randbytes(1 << 20)
        with LARGE.open("wb") as file:
            for _ in range(1 << 10):
                file.write(part)
    with MODEL.open("wb") as file:
        file.truncate(4 << 30)
    size = sum(path.stat().st_size for path in FOLDER.iterdir()) // PICTURES
    print(f"{PICTURES} pictures of {size} bytes on average")


def timed(what, read):
    def once():
        start = time.perf_counter()
        read()
        return time.perf_counter() - start

    seconds = min(once() for _ in range(3))
    print(f"{seconds:8.3f} s  {what}", flush=True)
    return seconds


def run(*command):
    # A hasher must read the file, but nobody needs what is printed.
    return lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def memory(*command):
    """MiB that a command took at most."""
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(running.pid, 0)
    assert status == 0
    return used.ru_maxrss >> 10


def in_process():
    parsers = ParserManager()
    for path in sorted(FOLDER.iterdir()):
        parsers.parse(path)


def measure(lineage):
    files = [str(path) for path in sorted(FOLDER.iterdir())]
    script = "import sys; from sd_parsers import ParserManager as P; p = P(); [p.parse(f) for f in sys.argv[1:]]"
    bare = timed("lineage inspect --no-hash --json", run(lineage, "inspect", "--no-hash", "--json", FOLDER))
    whole = timed("lineage inspect --json", run(lineage, "inspect", "--json", FOLDER))
    process = timed("sd-parsers, one process", run(sys.executable, "-c", script, *files))
    inside = timed("sd-parsers, within a process", in_process)
    print(f"sd-parsers takes {process / bare:.1f} times as long, with hashes {process / whole:.1f} times;")
    print(f"within a process {inside / bare:.1f} times, with hashes {inside / whole:.1f} times")
    ours = timed("lineage inspect of 1 GiB", run(lineage, "inspect", "--json", LARGE))
    theirs = timed("sha256sum of 1 GiB", run("sha256sum", LARGE))
    print(f"lineage, which computes the CID too, takes {ours / theirs:.2f} times as long as sha256sum")
    print(f"lineage inspect of 4 GiB takes at most {memory(lineage, 'inspect', MODEL)} MiB of memory")


os.chdir(ROOT)
if sys.argv[1] == "make":
    make()
else:
    measure(sys.argv[1])
