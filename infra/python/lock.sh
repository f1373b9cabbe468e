#!/bin/sh
# Write the lock files anew from the .in files (`make lock`): newest versions, for all platforms and every Python from 3.11 on,
# pinned by hash and without the address of an index. Uses uv, in a virtual environment that is thrown away.
set -eu
cd "$(dirname "$0")"
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
"${PYTHON:-python3}" -m venv "$tools"
"$tools/bin/pip" install --quiet uv

compile() { # compile NAME [NAME OF THE LOCK IT MUST AGREE WITH]
    "$tools/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
        --no-header --no-emit-index-url --no-emit-find-links ${2:+--constraints "$2.lock"} "$1.in" --output-file "$1.lock"
    echo "$1.lock"
}
compile service
compile local service
compile test local
