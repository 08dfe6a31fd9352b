"""The tables of docs/readers.md, each under the heading of what is compared."""

import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[2]


def rows(heading):
    """The rows of a table, without its head."""
    text = (ROOT / "docs" / "readers.md").read_text()
    under = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in under.splitlines() if line.startswith("|")]
    return [[cell.strip().replace("`", "") for cell in line.split("|")[1:-1]] for line in lines[2:]]
