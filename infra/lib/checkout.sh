# shellcheck shell=bash disable=SC2034  # these names are read by the files that source this one
# Where everything of this checkout is. Sourced with the checkout as working directory.

CHECKOUT=$(pwd -P)
LOCAL=$CHECKOUT/.local
VENV=$CHECKOUT/.venv

# Names what has to live outside the checkout, and picks its ports.
CHECKOUT_KEY=$(printf '%s' "$CHECKOUT" | sha256sum | cut -c1-8)

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '%s\n' "$*" >&2
    exit 1
}

as_root() {
    if ((EUID == 0)); then
        "$@"
    else
        sudo "$@"
    fi
}

# Also true of a process that ended and that nobody has asked about yet.
is_gone() {
    ! readlink "/proc/$1/cwd" >/dev/null
}

# succeeds_within SECONDS COMMAND...: tries until it succeeds.
succeeds_within() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.1
    done
}
