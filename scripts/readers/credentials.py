"""Compares what lineage says of Content Credentials with c2pa-python (PyPI, MIT or Apache-2.0), which has the library's C interface.

The files are those that the crate c2pa is tested with, in the folder that cargo keeps of it, and each of them with a text added
and with its picture changed. Every difference must stand in docs/readers.md, and every one that stands there must be one.
"""

import io
import json
import pathlib
import subprocess
import sys
import tempfile

import c2pa

from tables import ROOT, rows

# Failures that leave credentials valid. The last two are of versions from 0.91 on, as are the codes that are set aside.
MINOR = {
    "signingCredential.untrusted",
    "cawg.ica.did_unavailable",
    "cawg.ica.untrusted_issuer",
    "cawg.x509.credential.untrusted",
}
ASIDE = {"signingCredential.ocsp.skipped", "cawg.ica.untrusted_issuer", "cawg.x509.credential.untrusted"}


def fixtures():
    command = ["cargo", "metadata", "--format-version", "1", "--locked"]
    packages = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout)["packages"]
    crate = next(package for package in packages if package["name"] == "c2pa")
    folder = pathlib.Path(crate["manifest_path"]).parent / "src" / "identity" / "tests" / "fixtures"
    return sorted(folder.rglob("*.jpg"))


def of_lineage(path):
    command = [ROOT / "target" / "debug" / "lineage", "inspect", path, "--json"]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)["credentials"]
    return said["state"], set(said["reasons"])


def of_c2pa_python(data):
    try:
        with c2pa.Reader("image/jpeg", io.BytesIO(data)) as reader:
            said = json.loads(reader.json())["validation_results"]
    except c2pa.C2paError as error:
        return ("none" if "ManifestNotFound" in type(error).__name__ else "invalid"), {"general.error"}
    active = said.get("activeManifest", {})
    all_codes = [active] + [delta["validationDeltas"] for delta in said.get("ingredientDeltas", [])]
    codes = lambda kind: {status["code"] for part in all_codes for status in part.get(kind, [])}
    passed = {status["code"] for status in active.get("success", [])}
    signed = {"claimSignature.validated", "claimSignature.insideValidity"} <= passed
    state = "valid" if signed and codes("failure") <= MINOR else "invalid"
    return state, (codes("failure") | codes("informational")) - ASIDE


def cases():
    for path in fixtures():
        data = path.read_bytes()
        yield path.name, data
        yield path.name + " with a text", data[:2] + b"\xff\xfe\x00\x07added" + data[2:]
        yield path.name + " with another picture", data[:-20] + bytes([data[-20] ^ 1]) + data[-19:]


def differences():
    compared, found = 0, set()
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "file.jpg"
        for name, data in cases():
            path.write_bytes(data)
            (our_state, ours), (their_state, theirs) = of_lineage(path), of_c2pa_python(data)
            compared += 1 + len(ours & theirs)
            if our_state != their_state:
                found |= {(name, "lineage", our_state), (name, "c2pa-python", their_state)}
            found |= {(name, "lineage", code) for code in ours - theirs}
            found |= {(name, "c2pa-python", code) for code in theirs - ours}
    return compared, found


def known():
    return {tuple(row[:3]) for row in rows("Content Credentials")}


compared, found = differences()
for missing in sorted(found - known()):
    print("not in docs/readers.md:", " | ".join(missing))
for gone in sorted(known() - found):
    print("in docs/readers.md and no difference:", " | ".join(gone))
if found != known():
    sys.exit(1)
print(f"{compared} states and codes are the same, {len(found)} differ as docs/readers.md says")
