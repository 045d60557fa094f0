# The suite as scripts/start runs it: in one process or in four.
# shellcheck shell=bash
# shellcheck source=scripts/lib/log.sh
# shellcheck source=scripts/lib/processes.sh
# shellcheck source=scripts/lib/stores.sh

readonly BIN_DIR=build/release/bin
readonly SAMPLE=data/samples/contacts.csv

# Where the doors are; each process has the same defaults.
readonly HTTP_ADDR=${LIMPID_GATEWAY_HTTP_ADDR:-127.0.0.1:8080}
readonly GRPC_ADDR=${LIMPID_GATEWAY_GRPC_ADDR:-127.0.0.1:50050}
readonly OPS_ADDR=${LIMPID_GATEWAY_OPS_ADDR:-127.0.0.1:9100}
readonly CONTACT_GRPC_ADDR=${LIMPID_CONTACT_GRPC_ADDR:-127.0.0.1:50051}
readonly VERIFY_GRPC_ADDR=${LIMPID_VERIFY_GRPC_ADDR:-127.0.0.1:50052}
readonly ENRICH_GRPC_ADDR=${LIMPID_ENRICH_GRPC_ADDR:-127.0.0.1:50053}

# Sets STATE_DIR, absolute, and what depends on it.
# shellcheck disable=SC2034
find_state_dir() {
  STATE_DIR=${LIMPID_STATE_DIR:-$PWD/var}
  mkdir -p "$STATE_DIR"
  STATE_DIR=$(cd "$STATE_DIR" && pwd -P)
  export LIMPID_STATE_DIR=$STATE_DIR
  RUN_DIR=$STATE_DIR/run
  LOG_DIR=$STATE_DIR/log
}

# An address to connect to, for one to listen at: a wildcard stands for this machine.
reachable() { sed -E 's/^(0\.0\.0\.0|\[::\]):/127.0.0.1:/' <<<"$1"; }

# `PROGRAM ADDRESS SETTING` for each door that will be opened.
doors() {
  echo "gateway $HTTP_ADDR LIMPID_GATEWAY_HTTP_ADDR"
  echo "gateway $GRPC_ADDR LIMPID_GATEWAY_GRPC_ADDR"
  echo "gateway $OPS_ADDR LIMPID_GATEWAY_OPS_ADDR"
  $1 || return 0
  echo "contact-svc $CONTACT_GRPC_ADDR LIMPID_CONTACT_GRPC_ADDR"
  echo "contact-svc ${LIMPID_CONTACT_OPS_ADDR:-127.0.0.1:9101} LIMPID_CONTACT_OPS_ADDR"
  echo "verify-svc $VERIFY_GRPC_ADDR LIMPID_VERIFY_GRPC_ADDR"
  echo "verify-svc ${LIMPID_VERIFY_OPS_ADDR:-127.0.0.1:9102} LIMPID_VERIFY_OPS_ADDR"
  echo "enrich-svc $ENRICH_GRPC_ADDR LIMPID_ENRICH_GRPC_ADDR"
  echo "enrich-svc ${LIMPID_ENRICH_OPS_ADDR:-127.0.0.1:9103} LIMPID_ENRICH_OPS_ADDR"
}

# Names every port that somebody else uses, and fails when there is one.
require_free_ports() {
  local program address setting taken=false
  while read -r program address setting; do
    answers_at "$(reachable "$address")" || continue
    warn "$address, where $program is to listen, is in use; set $setting to another address"
    taken=true
  done < <(doors "$1")
  ! $taken || fail "a port is in use"
}

build_suite() {
  local targets=(limpid)
  ! $1 || targets+=(gateway contact-svc verify-svc enrich-svc)
  say "build (preset release; some minutes the first time)"
  cmake --preset release >/dev/null
  cmake --build --preset release --parallel "$(nproc)" --target "${targets[@]}"
}

is_ready() { curl -sf --max-time 2 -o /dev/null "http://$(reachable "$1")/readyz"; }

start_one_process() {
  start_process limpid "$BIN_DIR/limpid" serve
  wait_for limpid 60 is_ready "$OPS_ADDR"
}

# Makes a secret in a file, once.
keep_secret() { [ -s "$1" ] || (umask 077 && head -c 32 /dev/urandom | base64 >"$1"); }

start_separate() {
  local name address _
  start_redis
  start_postgres "$STATE_DIR"
  if [ -z "${LIMPID_INTERNAL_KEY:-}${LIMPID_INTERNAL_KEY_FILE:-}" ]; then
    export LIMPID_INTERNAL_KEY_FILE=$STATE_DIR/internal.key
    keep_secret "$LIMPID_INTERNAL_KEY_FILE"
  fi
  if [ -z "${LIMPID_VERIFY_CHALLENGE_KEY:-}${LIMPID_VERIFY_CHALLENGE_KEY_FILE:-}" ]; then
    export LIMPID_VERIFY_CHALLENGE_KEY_FILE=$STATE_DIR/challenge.key
    keep_secret "$LIMPID_VERIFY_CHALLENGE_KEY_FILE"
  fi
  export LIMPID_CONTACT_TARGET=${LIMPID_CONTACT_TARGET:-dns:///$(reachable "$CONTACT_GRPC_ADDR")}
  export LIMPID_VERIFY_TARGET=${LIMPID_VERIFY_TARGET:-dns:///$(reachable "$VERIFY_GRPC_ADDR")}
  export LIMPID_ENRICH_TARGET=${LIMPID_ENRICH_TARGET:-dns:///$(reachable "$ENRICH_GRPC_ADDR")}
  for name in contact-svc verify-svc enrich-svc gateway; do start_process "$name" "$BIN_DIR/$name"; done
  while read -r name address _; do
    wait_for "$name" 60 is_ready "$address"
  done < <(doors true | grep '_OPS_ADDR$')
}

# Returns when a service has ended. Redis and PostgreSQL may come and go.
wait_for_an_end() {
  local name pids=()
  for name in limpid gateway contact-svc verify-svc enrich-svc; do
    [ ! -e "$RUN_DIR/$name.pid" ] || pids+=("$(pid_of "$name")")
  done
  wait -n "${pids[@]}" || true
}

# Prints the shell words that give the operator's key.
key_words() {
  if [ -n "${LIMPID_BOOTSTRAP_KEY:-}" ]; then
    # shellcheck disable=SC2016
    echo '$LIMPID_BOOTSTRAP_KEY'
  else
    echo "\$(cat ${LIMPID_BOOTSTRAP_KEY_FILE:-$(shown "$STATE_DIR/admin.key")})"
  fi
}

# Prints where the operator's key is.
key_place() {
  if [ -n "${LIMPID_BOOTSTRAP_KEY:-}" ]; then
    echo "in LIMPID_BOOTSTRAP_KEY"
  else
    echo "${LIMPID_BOOTSTRAP_KEY_FILE:-$(shown "$STATE_DIR/admin.key")}"
  fi
}

# A path as one would type it here.
shown() { realpath --relative-base="$PWD" "$1"; }

check_sample() {
  local annotated=$STATE_DIR/contacts.checked.csv
  say "$BIN_DIR/limpid check $SAMPLE --output $(shown "$annotated")"
  "$BIN_DIR/limpid" check "$SAMPLE" --address "$(reachable "$GRPC_ADDR")" --output "$annotated"
}

print_addresses() {
  cat <<TXT

  HTTP/JSON   http://$(reachable "$HTTP_ADDR")
  gRPC        $(reachable "$GRPC_ADDR")
  operations  http://$(reachable "$OPS_ADDR")  (/livez, /readyz, /metrics)
  key         $(key_place)
  logs        $(shown "$LOG_DIR")

Try it:

curl -sS http://$(reachable "$HTTP_ADDR")/v1/capture:check \\
  -H "Authorization: Bearer $(key_words)" -H 'Content-Type: application/json' \\
  -d '{"email":"jean.dupont@gmial.com","phone":"06 12 34 56 78","givenName":"Jean","familyName":"Dupont","company":"","postalAddress":{"addressLines":["12 rue de la Paix"],"postalCode":"75002","locality":"Paris","regionCode":"FR"},"birthDate":"1980-02-29","defaultRegion":"FR","languageCode":"fr","form":"newsletter","budget":"0.800s","depth":"FAST"}'

TXT
}
