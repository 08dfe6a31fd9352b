"""Compares the steps that lineage reads from the samples with those of sd-parsers (PyPI, MIT).

Every difference must stand in docs/readers.md, and every one that stands there must be one.
"""

import json
import subprocess
import sys

from sd_parsers import ParserManager

from tables import ROOT, rows

SAMPLES = ROOT / "tests" / "fixtures" / "works"


def of_sd_parsers(path):
    try:
        said = ParserManager().parse(path)
    except OSError:
        return set()
    steps = set()
    for sampler in said.samplers if said else []:
        steps |= {f"prompt {prompt.value}" for prompt in sampler.prompts}
        steps |= {f"negative {prompt.value}" for prompt in sampler.negative_prompts}
        if sampler.model:
            model = sampler.model
            steps.add(f"model {model.name}" + (f" ({model.hash})" if model.hash else ""))
    return steps


def of_lineage(path):
    command = [ROOT / "target" / "debug" / "lineage", "inspect", path, "--json"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    steps = set()
    for step in said["steps"]:
        if step["kind"] == "prompt":
            steps.add(f"{step.get('role', 'prompt')} {step['content']}")
        if step["kind"] == "model":
            steps.add(f"model {step['content']}" + (f" ({step['hash']})" if "hash" in step else ""))
    return steps


def known():
    return {tuple(row[:3]) for row in rows("Steps")}


def differences():
    compared = 0
    found = set()
    for path in sorted(SAMPLES.iterdir()):
        if path.suffix not in (".png", ".jpg"):
            continue
        ours, theirs = of_lineage(path), of_sd_parsers(path)
        compared += len(ours & theirs)
        found |= {(path.name, "lineage", step) for step in ours - theirs}
        found |= {(path.name, "sd-parsers", step) for step in theirs - ours}
    return compared, found


compared, found = differences()
for missing in sorted(found - known()):
    print("not in docs/readers.md:", " | ".join(missing))
for gone in sorted(known() - found):
    print("in docs/readers.md and no difference:", " | ".join(gone))
if found != known():
    sys.exit(1)
print(f"{compared} prompts and models are the same, {len(found)} differ as docs/readers.md says")
