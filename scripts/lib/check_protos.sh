#!/usr/bin/env bash
# Lints the protos and compares them with the latest release. buf reads only below its module, so the module is laid
# out under build/, together with the google/ protos that Debian packages.
set -euo pipefail
# shellcheck source=scripts/lib/log.sh
. scripts/lib/log.sh
# shellcheck source=scripts/lib/npm.sh
. scripts/lib/npm.sh

readonly GOOGLEAPIS=/usr/share/gocode/src/github.com/gogo/googleapis
readonly MODULES=build/check/protos

# Copies the protos found below a folder into a module of their own.
lay_out() {
  local from=$1 module=$2
  rm -rf "$module"
  mkdir -p "$module"
  cp -r "$from/protos/." "$module/"
  cp protos/buf.yaml "$module/"
  (cd "$GOOGLEAPIS" && find google/api google/rpc -maxdepth 1 -name '*.proto' -exec cp --parents {} "$OLDPWD/$module/" \;)
}

main() {
  install_npm_packages
  local buf tag release
  buf=$(find "$PWD/$NPM_DIR/node_modules/@bufbuild" -path '*/bin/buf' | head -n 1)
  [ -n "$buf" ] || fail "npm has no buf for this platform"

  lay_out . "$MODULES/now"
  (cd "$MODULES/now" && "$buf" lint)

  tag=$(git describe --tags --abbrev=0 --match 'v[0-9]*' 2>/dev/null) || tag=
  if [ -z "$tag" ]; then
    echo "no release yet: nothing to compare the protos with"
    return
  fi
  release=$(mktemp -d)
  git archive "$tag" protos | tar -x -C "$release"
  lay_out "$release" "$MODULES/release"
  rm -rf "$release"
  (cd "$MODULES/now" && "$buf" breaking --against "../release")
  echo "the protos keep what $tag promised"
}

main
