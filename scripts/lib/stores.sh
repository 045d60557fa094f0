# A redis-server and a PostgreSQL of our own, reached by unix sockets in a folder that only their users may enter. They
# have nothing to do with servers that the machine may run.
# shellcheck shell=bash
# shellcheck source=scripts/lib/log.sh
# shellcheck source=scripts/lib/processes.sh

# A short path below /tmp: a socket's may not be longer than 107 bytes, and the state folder's may.
socket_dir() {
  local link=$RUN_DIR/sockets
  if [ ! -d "$link/." ]; then
    mkdir -p "$RUN_DIR"
    ln -sfn "$(mktemp -d /tmp/limpid.XXXXXX)" "$link"
  fi
  readlink "$link"
}

remove_socket_dir() {
  [ ! -L "$RUN_DIR/sockets" ] || rm -rf "$(readlink "$RUN_DIR/sockets")" "$RUN_DIR/sockets"
}

start_redis() {
  local socket
  socket=$(socket_dir)/redis
  start_process redis redis-server --port 0 --unixsocket "$socket" --unixsocketperm 700 --save '' --appendonly no \
    --maxmemory 256mb --maxmemory-policy allkeys-lru --daemonize no
  wait_for redis 20 redis-cli -s "$socket" ping
  export LIMPID_REDIS_URL=unix:$socket
}

# The folder of PostgreSQL's data. PostgreSQL refuses to run as root and runs as `postgres` then; where that user cannot
# reach the state folder, the data lie in /var/lib/limpid, one folder for each state folder.
postgres_data() {
  local state=$1 data
  data=$state/postgres
  if [ "$(id -u)" -eq 0 ]; then
    if [ ! -d "$data" ] && ! runuser -u postgres -- test -x "$state"; then
      data=/var/lib/limpid/postgres-$(cksum <<<"$state" | cut -d' ' -f1)
    fi
    install -d -o postgres -g postgres -m 0700 "$data"
  else
    mkdir -p "$data"
    chmod 0700 "$data"
  fi
  echo "$data"
}

start_postgres() {
  local state=$1 data sockets bin as_user=() run_as=()
  bin=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
  data=$(postgres_data "$state")
  sockets=$(socket_dir)
  if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$sockets"
    as_user=(runuser -u postgres --)
    # Unlike runuser it leaves no parent in between: the pid is PostgreSQL's own.
    run_as=(setpriv --reuid=postgres --regid=postgres --init-groups)
  fi
  if [ ! -e "$data/PG_VERSION" ]; then
    say "a new PostgreSQL in $data"
    # No password: whoever may enter the socket's folder is trusted, and nothing listens on the network.
    (cd / && "${as_user[@]}" "$bin/initdb" --pgdata="$data" --username=limpid --auth=trust --encoding=UTF8 \
      --locale=C.UTF-8 >/dev/null)
  fi
  # Terse: the details of an error quote what was to be stored.
  start_process postgres "${run_as[@]}" "$bin/postgres" -D "$data" -c listen_addresses= \
    -c "unix_socket_directories=$sockets" -c log_error_verbosity=terse
  wait_for postgres 60 "$bin/pg_isready" --quiet --host="$sockets"
  export LIMPID_DATABASE_URL="postgres:///postgres?host=$sockets&user=limpid"
}
