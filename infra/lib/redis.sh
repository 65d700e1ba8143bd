# shellcheck shell=bash
# The private Redis: cache and broker, nothing in it has to survive.

redis_pid() {
    local pid
    pid=$(cat "$(servers_directory)/redis.pid" 2>/dev/null) || return 1
    [[ $(readlink "/proc/$pid/cwd") == "$(servers_directory)" ]] && printf '%s' "$pid"
}

redis_runs() {
    redis_pid >/dev/null
}

start_redis() {
    local directory
    directory=$(servers_directory)
    redis_knows_password || stop_redis
    redis_runs && return
    # By its standard input: the arguments of a process are everybody's to read.
    printf 'requirepass %s\n' "$ZAAKPLEIN_REDIS_PASSWORD" |
        as_server_user redis-server - --daemonize yes --bind 127.0.0.1 --port "$ZAAKPLEIN_REDIS_PORT" --save '' --appendonly no \
        --dir "$directory" --pidfile "$directory/redis.pid" --logfile "$directory/redis.log" >/dev/null
    succeeds_within 10 listens_on "$ZAAKPLEIN_REDIS_PORT" || fail "Redis did not start: see $directory/redis.log"
}

redis_knows_password() {
    [[ $(REDISCLI_AUTH=$ZAAKPLEIN_REDIS_PASSWORD redis-cli -p "$ZAAKPLEIN_REDIS_PORT" ping 2>&1) == PONG ]]
}

stop_redis() {
    local pid
    pid=$(redis_pid) || return 0
    kill "$pid" || true
    succeeds_within 10 is_gone "$pid" || fail "Redis (process $pid) does not stop."
}
