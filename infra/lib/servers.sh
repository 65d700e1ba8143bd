# shellcheck shell=bash
# Where the private PostgreSQL and Redis keep their data, and which user they run as.

# PostgreSQL refuses to run as root; its own user then runs both servers.
if ((EUID == 0)); then
    SERVER_USER=postgres
else
    SERVER_USER=$(id -un)
fi

# Sockets have at most 107 bytes of path, so they are not under the checkout.
SOCKETS=/tmp/zaakplein-$CHECKOUT_KEY
WEB_DIRECTORY=$SOCKETS-web # infra/serve.py makes it

as_server_user() {
    if ((EUID == 0)); then
        (cd / && runuser -u "$SERVER_USER" -- "$@")
    else
        "$@"
    fi
}

# Prints the directory of the servers, or nothing before there is one.
servers_directory() {
    readlink -f "$LOCAL/servers" || true
}

# .local/servers is that directory, or a link to it where the server's user cannot reach the checkout.
make_servers_directory() {
    local directory
    if [[ ! -e $LOCAL/servers ]]; then
        if as_server_user test -x "$LOCAL"; then
            directory=$LOCAL/servers
        else
            directory=/var/lib/zaakplein/$CHECKOUT_KEY
            ln -sfn "$directory" "$LOCAL/servers"
            mkdir -p "$(dirname "$directory")"
        fi
        own_directory "$directory"
    fi
    own_directory "$SOCKETS"
}

# .local/media is the directory of the municipalities' files, or a link to it where the front's user, who sends
# downloads, cannot reach the checkout. What was in it goes along.
make_media_directory() {
    local directory=/var/lib/zaakplein/$CHECKOUT_KEY-media
    [[ -e $LOCAL/media ]] || install -d "$LOCAL/media"
    ((EUID == 0)) || return 0
    if [[ -L $LOCAL/media ]] || (cd / && runuser -u www-data -- test -x "$LOCAL/media"); then
        return 0
    fi
    mkdir -p "$(dirname "$directory")"
    mv "$LOCAL/media" "$directory"
    ln -sfn "$directory" "$LOCAL/media"
}

# Makes it for the server's user alone; one that somebody else put there is refused.
own_directory() {
    [[ -e $1 ]] || install -d -m 700 -o "$SERVER_USER" "$1"
    [[ $(stat -c %U "$1") == "$SERVER_USER" ]] || fail "$1 belongs to another user."
}

remove_servers_directory() {
    rm -rf "$(servers_directory)" "$LOCAL/servers" "$SOCKETS" "$WEB_DIRECTORY" "$(readlink -f "$LOCAL/media")"
}
