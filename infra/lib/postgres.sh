# shellcheck shell=bash
# The private PostgreSQL: made once, started where it does not run.

postgres_data() {
    printf '%s/postgres' "$(servers_directory)"
}

postgres_bin() {
    printf '%s/%s/bin' "$POSTGRES_ROOT" "$(cat "$(postgres_data)/PG_VERSION" 2>/dev/null || installed_postgres)"
}

# Prints the process id of the server, or fails.
postgres_pid() {
    local pid
    pid=$(head -n 1 "$(postgres_data)/postmaster.pid" 2>/dev/null) || return 1
    [[ $(readlink "/proc/$pid/cwd") == "$(postgres_data)" ]] && printf '%s' "$pid"
}

postgres_runs() {
    postgres_pid >/dev/null
}

# The prefix of a command that speaks to the database as superuser; no password, only over the socket.
psql_command() {
    printf '%s/psql -h %s -p %s -U postgres -d %s' \
        "$(postgres_bin)" "$SOCKETS" "$ZAAKPLEIN_DATABASE_PORT" "${1:-$DATABASE}"
}

start_postgres() {
    local data
    data=$(postgres_data)
    postgres_runs && return
    if [[ ! -e $data/PG_VERSION ]]; then
        say "Making a PostgreSQL $(installed_postgres) cluster"
        as_server_user "$(postgres_bin)/initdb" -D "$data" --username=postgres --encoding=UTF8 \
            --locale=C.UTF-8 --auth=reject >"$LOCAL/log/initdb.log"
    fi
    configure_postgres "$data"
    as_server_user "$(postgres_bin)/pg_ctl" start --silent --wait -D "$data" -l "$data.log" \
        -o "-p $ZAAKPLEIN_DATABASE_PORT -k $SOCKETS" </dev/null >/dev/null ||
        fail "PostgreSQL did not start: see $data.log"
}

# Our files replace those of initdb at each start, so that a change of ours arrives.
configure_postgres() {
    local data=$1 file
    for file in postgresql.conf pg_hba.conf; do
        as_server_user tee "$data/$file" <"infra/postgres/$file" >/dev/null
    done
    printf 'zaakplein %s postgres\n' root postgres "$SERVER_USER" |
        as_server_user tee "$data/pg_ident.conf" >/dev/null
}

stop_postgres() {
    postgres_runs || return 0
    as_server_user "$(postgres_bin)/pg_ctl" stop --silent --wait -m fast -D "$(postgres_data)"
}

# Roles and databases; again on each run, so that the passwords are those of .local/env.
prepare_database() {
    local psql
    read -ra psql <<<"$(psql_command postgres) -X -q -v ON_ERROR_STOP=1"
    "${psql[@]}" <infra/postgres/roles.sql
    for name in "$DATABASE" "${DATABASE}_template"; do
        read -ra psql <<<"$(psql_command "$name") -X -q -v ON_ERROR_STOP=1"
        "${psql[@]}" <infra/postgres/database.sql
    done
}
