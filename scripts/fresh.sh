#!/usr/bin/env bash
# Prove the README on a bare Debian. Needs root; what it makes stands in /var/tmp and goes at the end,
# but for the base system's tarball, which the next runs of a month start from.
#   1. clone HEAD, `make run` until the page answers, with all downloads (printed)
#   2. clone again, package caches kept: `make run` must answer within 120 s
#   3. `make test` must pass there
# The base system gets this machine's settings for package clients; none of them is written here.
# shellcheck disable=SC2016  # single quotes are meant: apt and the inner shell expand these
set -euo pipefail
cd "$(dirname "$0")/.."

suite=bookworm
limit_s=120
base=/var/tmp/recoup-$suite.tar

settings=(/etc/pip.conf /etc/xdg/pip /etc/uv /etc/npmrc /usr/etc/npmrc
  /etc/apt/apt.conf /etc/apt/apt.conf.d /etc/resolv.conf /etc/hosts
  /etc/ssl/certs /usr/local/share/ca-certificates
  "$HOME/.pip" "$HOME/.config/pip" "$HOME/.config/uv" "$HOME/.npmrc"
  "${SSL_CERT_FILE:-}" "${PIP_CERT:-}" "${REQUESTS_CA_BUNDLE:-}" "${NODE_EXTRA_CA_CERTS:-}")
variables='^(PIP_|UV_|NPM_CONFIG_|SSL_CERT_|REQUESTS_CA_|NODE_EXTRA_CA_|https?_proxy=|no_proxy=)'

say() { printf '%s\n' "fresh: $*"; }

fail() {
  say "$*" >&2
  exit 1
}

debian() {  # FORMAT FILTER...: what apt knows of Debian's own archive
  apt-get indextargets --format "$1" 'Identifier: Packages' 'Origin: Debian' "${@:2}"
}

make_base() {  # a bare Debian, from the mirror that apt uses here
  command -v debootstrap >/dev/null ||
    { apt-get update && apt-get install -y --no-install-recommends debootstrap; } >/dev/null
  local mirror proxy=
  mirror=$(debian '$(REPO_URI)' "Release: $suite" | sed -n 1p)
  eval "$(apt-config shell proxy Acquire::http::Proxy)"
  ${proxy:+env "http_proxy=$proxy"} debootstrap --variant=minbase \
    --include=python3,python3-venv,make,git,ca-certificates "$suite" "$root" ${mirror:+"$mirror"} \
    >"$log" 2>&1 || fail "debootstrap: $(tail -n 5 "$log")"
  if [ -n "$mirror" ]; then
    debian 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' | grep " $suite" >"$root/etc/apt/sources.list"
  fi
  tar -C "$root" -cf "$base.part" . && mv "$base.part" "$base"
}

give_settings() {
  local path
  for path in "${settings[@]}"; do
    if [ -e "$path" ]; then tar -C / -chf - "${path#/}" | tar -C "$root" -xf -; fi
  done
}

inside() {  # SCRIPT ARGUMENT...: run it in the root; its processes and mounts end with it
  local given
  mapfile -t given < <(env | grep -iE "$variables")
  unshare --mount --pid --fork --kill-child bash -euc '
    root=$1; shift
    mount -t proc proc "$root/proc"
    mount -t tmpfs tmpfs "$root/dev/shm"
    exec chroot "$root" "$@"' - "$root" \
    env -i "HOME=$HOME" PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 "${given[@]}" \
    bash -euo pipefail -c "$1" - "${@:2}"
}

# Prints a free port.
free_port='
import socket
with socket.socket() as one:
    one.bind(("127.0.0.1", 0))
    print(one.getsockname()[1])'

# Prints the status of the first page at a port, or 0 while nothing answers.
page_status='
import sys, urllib.error, urllib.request
try:
    print(urllib.request.urlopen("http://127.0.0.1:" + sys.argv[1], timeout=30).status)
except urllib.error.HTTPError as error:
    print(error.code)
except OSError:
    print(0)'

run_until_page() {  # CLONE: clone HEAD, `make run` there; prints the seconds until HTTP 200
  git clone --quiet . "$root/$1"
  inside '
    cd "/$1"
    port=$(python3 -c "$2")
    make run PORT="$port" >"/$1.log" 2>&1 </dev/null &
    status=0
    while [ "$status" -eq 0 ] && kill -0 $! 2>/dev/null && [ $SECONDS -le 900 ]; do
      sleep 0.2
      status=$(python3 -c "$3" "$port")
    done
    if [ "$status" -ne 200 ]; then
      tail -n 40 "/$1.log" >&2
      exit 1
    fi
    echo $SECONDS' "$1" "$free_port" "$page_status" || fail "make run gave no page with status 200"
}

[ "$(id -u)" -eq 0 ] || fail "needs root"
[ -z "$(git status --porcelain)" ] || say "uncommitted changes take no part: this is HEAD"
work=$(mktemp -d /var/tmp/recoup-fresh.XXXXXX)
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root
log=$work/log
mkdir -m 755 "$root"

if [ -O "$base" ] && [ -n "$(find "$base" -mtime -30)" ]; then
  tar -C "$root" -xf "$base"
else
  make_base
fi
say "bare Debian $suite ready after $SECONDS s"
give_settings

cold=$(run_until_page first)
say "make run: page after $cold s with all downloads"
warm=$(run_until_page second)
say "make run: page after $warm s with packages cached"
[ "$warm" -le "$limit_s" ] || fail "that is more than $limit_s s"

SECONDS=0
inside 'cd /second && make test' || fail "make test failed"
say "make test: passed after $SECONDS s"
