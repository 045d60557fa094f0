# The npm packages of scripts/npm, installed under build/ so that the sources stay clean.
# shellcheck shell=bash
# shellcheck source=scripts/lib/log.sh

NPM_DIR=build/check/npm

# Installs what the lock file says, once for each version of it.
install_npm_packages() {
  command -v npm >/dev/null || fail "npm is missing: scripts/bootstrap --check installs it"
  cmp -s scripts/npm/package-lock.json "$NPM_DIR/installed.json" && return
  mkdir -p "$NPM_DIR"
  cp scripts/npm/package.json scripts/npm/package-lock.json scripts/npm/.npmrc "$NPM_DIR/"
  npm --prefix "$NPM_DIR" ci --ignore-scripts --silent || fail "npm could not install the packages of scripts/npm"
  cp scripts/npm/package-lock.json "$NPM_DIR/installed.json"
}
