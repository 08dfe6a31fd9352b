# Sourced by the other scripts of this folder: a Python with the other readers, at the versions that docs/readers.md names.

step "Installing sd-parsers, mutagen, safetensors, gguf and c2pa-python"
python=target/readers/bin/python
[ -x $python ] || python3 -m venv target/readers
$python -m pip install --quiet --disable-pip-version-check \
    sd-parsers==0.6.0 mutagen==1.48.1 safetensors==0.8.0 gguf==0.19.0 numpy==2.4.6 c2pa-python==0.38.1
