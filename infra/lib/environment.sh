# shellcheck shell=bash
# .local/env: the settings of this checkout. Passwords are made once; ports are kept while they are free.

ENVIRONMENT=$LOCAL/env

DATABASE=zaakplein
PORTS_FROM=20000
PORTS_TO=32000 # from here on Linux hands out ports to outgoing connections

load_environment() {
    [[ -e $ENVIRONMENT ]] || return 0
    set -a
    # shellcheck source=/dev/null
    source "$ENVIRONMENT"
    set +a
}

# Each checkout has its own ten ports. One of ours that runs occupies its port rightly.
write_environment() {
    local first_choice=$((PORTS_FROM + 16#$CHECKOUT_KEY % ((PORTS_TO - PORTS_FROM) / 10) * 10))
    # What the caller's shell has from another checkout must not come into this one.
    unset "${!ZAAKPLEIN_DATABASE_@}" "${!ZAAKPLEIN_REDIS_@}" ZAAKPLEIN_SECRET_KEY ZAAKPLEIN_WEB_PORT
    load_environment
    postgres_runs || ZAAKPLEIN_DATABASE_PORT=$(free_port "${ZAAKPLEIN_DATABASE_PORT:-$first_choice}")
    redis_runs || ZAAKPLEIN_REDIS_PORT=$(free_port "${ZAAKPLEIN_REDIS_PORT:-$((first_choice + 1))}")
    process_runs front || process_runs web || ZAAKPLEIN_WEB_PORT=$(free_port "${ZAAKPLEIN_WEB_PORT:-$((first_choice + 2))}")
    (umask 077 && { print_environment && print_added_settings; } >"$ENVIRONMENT.new")
    mv "$ENVIRONMENT.new" "$ENVIRONMENT"
    load_environment
}

print_environment() {
    local redis_password=${ZAAKPLEIN_REDIS_PASSWORD:-$(random_word)}
    cat <<END
ZAAKPLEIN_SECRET_KEY=${ZAAKPLEIN_SECRET_KEY:-$(random_word)}
ZAAKPLEIN_DATABASE_HOST=127.0.0.1
ZAAKPLEIN_DATABASE_PORT=$ZAAKPLEIN_DATABASE_PORT
ZAAKPLEIN_DATABASE_NAME=$DATABASE
ZAAKPLEIN_DATABASE_APP_USER=app
ZAAKPLEIN_DATABASE_APP_PASSWORD=${ZAAKPLEIN_DATABASE_APP_PASSWORD:-$(random_word)}
ZAAKPLEIN_DATABASE_OWNER_USER=owner
ZAAKPLEIN_DATABASE_OWNER_PASSWORD=${ZAAKPLEIN_DATABASE_OWNER_PASSWORD:-$(random_word)}
ZAAKPLEIN_REDIS_URL=redis://:$redis_password@127.0.0.1:$ZAAKPLEIN_REDIS_PORT/0
ZAAKPLEIN_REDIS_PASSWORD=$redis_password
ZAAKPLEIN_MEDIA_ROOT=$LOCAL/media
ZAAKPLEIN_MAIL_ROOT=$LOCAL/mail
ZAAKPLEIN_TLS=0
ZAAKPLEIN_WEB_PORT=$ZAAKPLEIN_WEB_PORT
ZAAKPLEIN_WEB_LISTEN=$(web_addresses)
ZAAKPLEIN_WEB_DIRECTORY=$WEB_DIRECTORY
ZAAKPLEIN_REDIS_PORT=$ZAAKPLEIN_REDIS_PORT
END
}

# What somebody added to the file: the settings that infra/README.md names.
print_added_settings() {
    local ours
    [[ -e $ENVIRONMENT ]] || return 0
    ours=$(print_environment | cut -d= -f1 | paste -sd '|')
    grep -vE "^($ours)=" "$ENVIRONMENT" || true
}

# 127.0.0.1 is the vendor's; each municipality has the next one, for clients that cannot resolve *.localhost.
web_addresses() {
    printf '127.0.0.%d:'"$ZAAKPLEIN_WEB_PORT"',' {1..9}
}

random_word() {
    od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

# Prints the given port, or where something listens on it the same one of the next ten, and so on.
free_port() {
    local port=$1
    while listens_on "$port"; do
        ((port += 10))
    done
    printf '%s' "$port"
}

listens_on() {
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
