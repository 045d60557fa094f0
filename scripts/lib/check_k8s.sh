#!/usr/bin/env bash
# usage: scripts/lib/check_k8s.sh rules|types
# Renders every overlay, with secrets made for the purpose, and checks what comes out: `rules` by check_k8s.py, `types`
# against the types of Kubernetes' API.
set -euo pipefail
# shellcheck source=scripts/lib/log.sh
. scripts/lib/log.sh
# shellcheck source=scripts/lib/npm.sh
. scripts/lib/npm.sh

readonly WORK=build/check/k8s
# The first kubectl with kustomize 5.
readonly MIN_KUBECTL_MINOR=27

# Prints `PROGRAM NAME` for each setting that a built program lists in its help.
list_settings() {
  local program binary
  for program in gateway contact-svc verify-svc enrich-svc; do
    binary=$(find build -maxdepth 3 -path "build/*/bin/$program" -type f -printf '%T@ %p\n' 2>/dev/null | sort -rn | head -n 1)
    binary=${binary#* }
    [ -n "$binary" ] || continue
    "$binary" --help | awk -v program="$program" '
      match($0, /\(LIMPID_[A-Z0-9_]+\)/) { name = substr($0, RSTART + 1, RLENGTH - 2); print program, name; next }
      /Secret; also as/ { print program, name "_FILE" }'
  done
}

# Renders one overlay of a copy of k8s/, so that its made-up secrets never lie among the sources.
render() {
  local overlay=$1
  rm -rf "$WORK/source"
  mkdir -p "$WORK"
  cp -r k8s "$WORK/source"
  rm -rf "$WORK/source/overlays/$overlay/secrets"
  "$WORK/source/overlays/$overlay/make-secrets" >/dev/null
  kubectl kustomize "$WORK/source/overlays/$overlay" >"$WORK/$overlay.yaml"
  rm -rf "$WORK/source"
}

check_types() {
  local overlay=$1
  install_npm_packages
  scripts/lib/k8s_to_typescript.py <"$WORK/$overlay.yaml" >"$NPM_DIR/manifests.ts"
  (cd "$NPM_DIR" && node_modules/.bin/tsc --noEmit --strict --skipLibCheck --moduleResolution bundler --module esnext manifests.ts)
  echo "$overlay: every field is known and of its type"
}

main() {
  local minor overlay
  minor=$(kubectl version --client --output json 2>/dev/null | sed -nE 's/.*"minor": "([0-9]+).*/\1/p' | head -n 1) || minor=
  if [ -z "$minor" ] || [ "$minor" -lt "$MIN_KUBECTL_MINOR" ]; then
    warn "not checked: k8s/ needs kubectl 1.$MIN_KUBECTL_MINOR or later, and there is ${minor:+only 1.}${minor:-none} here"
    return
  fi
  if git grep --untracked -nE '^kind: Secret' -- 'k8s/*.yaml'; then
    fail "secrets do not belong among the manifests"
  fi
  for overlay in k8s/overlays/*/; do
    overlay=$(basename "$overlay")
    render "$overlay"
    case $1 in
      rules)
        list_settings >"$WORK/settings.txt"
        [ -s "$WORK/settings.txt" ] || warn "no program is built: the names of settings were not compared"
        echo "$overlay:"
        scripts/lib/check_k8s.py --settings "$WORK/settings.txt" <"$WORK/$overlay.yaml"
        ;;
      types) check_types "$overlay" ;;
    esac
  done
}

main "$@"
