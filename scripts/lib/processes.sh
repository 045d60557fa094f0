# Processes that outlive the command that starts them. Each leaves `NAME.pid` in $RUN_DIR, holding its pid and the
# moment it started, so that a pid that the system gave to somebody else is never ended.
# shellcheck shell=bash
# shellcheck source=scripts/lib/log.sh

# Callers set these two before they call anything here.
RUN_DIR=${RUN_DIR:-}
LOG_DIR=${LOG_DIR:-}

# Prints when a process started, in ticks since boot; nothing when there is none.
started_at() { sed -E 's/^.*\) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# start_process NAME COMMAND...: in a session of its own, so that Ctrl-C reaches only the script, which then ends the
# processes in their order.
start_process() {
  local name=$1
  shift
  mkdir -p "$RUN_DIR" "$LOG_DIR"
  setsid "$@" >>"$LOG_DIR/$name.log" 2>&1 </dev/null &
  printf '%s %s\n' "$!" "$(started_at $!)" >"$RUN_DIR/$name.pid"
}

# Prints the pid of a process that start_process left running; nothing when it has ended.
pid_of() {
  local pid started
  read -r pid started 2>/dev/null <"$RUN_DIR/$1.pid" || return 0
  [ "$(started_at "$pid")" != "$started" ] || echo "$pid"
}

any_running() {
  local file
  for file in "$RUN_DIR"/*.pid; do
    [ -z "$(pid_of "$(basename "$file" .pid)")" ] || return 0
  done
  return 1
}

# Asks a process to end and waits for it; after 40 s (more than it takes to drain) it is killed.
stop_process() {
  local name=$1 pid signal=TERM tries=400
  # PostgreSQL takes TERM as "when the last client has gone", INT as "now, and in good order".
  [ "$name" != postgres ] || signal=INT
  pid=$(pid_of "$name")
  if [ -n "$pid" ]; then
    kill "-$signal" "$pid" 2>/dev/null || true
    while [ -n "$(pid_of "$name")" ] && [ "$((tries--))" -gt 0 ]; do sleep 0.1; done
    if [ -n "$(pid_of "$name")" ]; then
      warn "$name did not end by itself"
      kill -KILL "$pid" 2>/dev/null || true
    fi
  fi
  rm -f "$RUN_DIR/$name.pid"
}

# Ends everything that runs: who asks before who answers, the stores last.
stop_all() {
  local name
  for name in limpid gateway enrich-svc verify-svc contact-svc redis postgres; do
    [ ! -e "$RUN_DIR/$name.pid" ] || stop_process "$name"
  done
}

# wait_for NAME SECONDS COMMAND...: until the command succeeds; fails with the log's end when the process ends before.
wait_for() {
  local name=$1 deadline=$((SECONDS + $2))
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ -z "$(pid_of "$name")" ]; then
      tail -n 20 "$LOG_DIR/$name.log" >&2
      fail "$name ended before it was ready; its log is $LOG_DIR/$name.log"
    fi
    [ "$SECONDS" -lt "$deadline" ] || fail "$name is not ready in time; its log is $LOG_DIR/$name.log"
    sleep 0.1
  done
}

# Whether somebody accepts connections at HOST:PORT.
answers_at() { (exec 3<>"/dev/tcp/${1%:*}/${1##*:}") 2>/dev/null; }
