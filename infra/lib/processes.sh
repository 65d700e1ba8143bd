# shellcheck shell=bash
# Front, web, workers, beat, and LMTP where it is asked for: each in a session of its own, its process id in .local/run, its output in .local/log.

PROCESSES=(front web worker provisioner beat lmtp)

process_pid() {
    local pid
    pid=$(cat "$LOCAL/run/$1.pid" 2>/dev/null) || return 1
    # Process ids are used again: it is ours only where it works in this checkout.
    [[ $(readlink "/proc/$pid/cwd") == "$CHECKOUT" ]] && printf '%s' "$pid"
}

process_runs() {
    process_pid "$1" >/dev/null
}

# start_process NAME COMMAND...
start_process() {
    local name=$1
    shift
    process_runs "$name" && return
    setsid "$@" </dev/null >>"$LOCAL/log/$name.log" 2>&1 &
    echo $! >"$LOCAL/run/$name.pid"
}

stop_process() {
    local name=$1 pid
    pid=$(process_pid "$name") || return 0
    kill "$pid" || true
    succeeds_within 30 is_gone "$pid" || true
    # What did not end by itself; a session's leader has given its number to the group.
    kill -KILL -- "-$pid" 2>/dev/null || true
    rm -f "$LOCAL/run/$name.pid"
}

start_processes() {
    start_process web "$VENV/bin/python" infra/serve.py web
    start_process front "$VENV/bin/python" infra/serve.py front
    start_process worker "$VENV/bin/celery" -A zaakplein worker --queues celery,jobs --concurrency 1 --loglevel INFO
    # The one process with the owner's login: it makes roles and schemas, and does nothing else.
    start_process provisioner env ZAAKPLEIN_DATABASE_LOGIN=owner "$VENV/bin/celery" -A zaakplein worker \
        --queues owner --pool solo --without-gossip --without-mingle --loglevel INFO
    start_process beat "$VENV/bin/celery" -A zaakplein beat --loglevel INFO --schedule "$LOCAL/run/beat-schedule"
    if [[ -n ${ZAAKPLEIN_HELPDESK_LMTP_LISTEN:-} ]]; then
        start_process lmtp "$VENV/bin/python" manage.py serve_lmtp
    fi
    code_hash >"$LOCAL/run/code"
    succeeds_within 60 is_ready || fail "The web did not become ready: see $LOCAL/log"
}

is_ready() {
    curl --silent --fail --max-time 10 --output /dev/null "http://127.0.0.1:$ZAAKPLEIN_WEB_PORT/readyz"
}

stop_processes() {
    local name
    for name in "${PROCESSES[@]}"; do
        stop_process "$name"
    done
}

# Running processes have read the code, the locks and the settings; they keep what they read.
stop_outdated_processes() {
    [[ $(cat "$LOCAL/run/code" 2>/dev/null) == "$(code_hash)" ]] || stop_processes
}

code_hash() {
    {
        find . \( -path './.*' -o -path ./docs -o -path ./tests -o -name __pycache__ -o -name node_modules \) -prune \
            -o -type f -print0 | sort -z | xargs -0 sha256sum
        cat "$ENVIRONMENT"
    } | sha256sum
}
