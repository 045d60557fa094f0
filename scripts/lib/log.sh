# How every script of the project speaks: what it does on stdout, what went wrong on stderr.
# shellcheck shell=bash

say() { printf '==> %s\n' "$*"; }
warn() { printf 'warning: %s\n' "$*" >&2; }
fail() {
  printf 'error: %s\n' "$*" >&2
  exit 1
}
