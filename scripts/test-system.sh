#!/bin/sh
# Install what the browser tests need from Debian: Chromium, libEGL for its WebGL, and libatomic for
# the Node inside Playwright.
set -eu

install="apt-get update && apt-get install -y --no-install-recommends chromium libatomic1 libegl1"

have() { [ -e "$1" ]; }  # a path, or the first that a pattern found

if have /usr/bin/chromium && have /usr/lib/*/libatomic.so.1 && have /usr/lib/*/libEGL.so.1; then
  exit 0
fi
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  sh -c "$install"
else
  printf 'The browser tests need a few Debian packages. As root, run:\n%s\n' "$install" >&2
  exit 1
fi
