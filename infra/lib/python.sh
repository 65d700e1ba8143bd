# shellcheck shell=bash
# The virtual environment: locked, hashed, and rebuilt only where a lock changed.

# Prints the first Python of 3.11 or newer on the PATH, or nothing.
system_python() {
    local candidate
    for candidate in python3 python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
}

make_virtual_environment() {
    if ! is_usable_environment; then
        say "Making .venv"
        rm -rf "$VENV"
        "$(system_python)" -m venv "$VENV"
        printf '%s' "$VENV" >"$VENV/place"
    fi
    is_stamped uv infra/uv.lock && return
    "$VENV/bin/pip" install -qq --disable-pip-version-check --require-hashes --no-deps -r infra/uv.lock
    stamp uv infra/uv.lock
}

# Its scripts name their place, so one that was copied or moved does not do.
is_usable_environment() {
    [[ $(cat "$VENV/place" 2>/dev/null) == "$VENV" ]] && "$VENV/bin/python" -c '' 2>/dev/null
}

# install_locked LOCK: the packages of that lock and, editable, this project.
install_locked() {
    local lock=$1 other
    make_virtual_environment
    is_stamped "$lock" "$lock" pyproject.toml && return
    say "Installing $lock"
    # Both locks share one environment: what the other one installed of another version is no longer there.
    for other in requirements*.lock; do
        is_stamped "$other" "$other" pyproject.toml || rm -f "$VENV/$other.stamp"
    done
    uv_install --require-hashes --build-constraints "$lock" -r "$lock"
    uv_install --no-deps --no-build-isolation -e .
    stamp "$lock" "$lock" pyproject.toml
}

uv_install() {
    # The system knows the certificates of an organisation's own proxy; uv by itself does not.
    "$VENV/bin/uv" pip install --quiet --system-certs --python "$VENV/bin/python" "$@"
}

# A stamp holds the hash of the files that an installation was made from.
is_stamped() {
    local name=$1
    shift
    [[ $(cat "$VENV/$name.stamp" 2>/dev/null) == "$(stamp_of "$@")" ]]
}

stamp() {
    local name=$1
    shift
    stamp_of "$@" >"$VENV/$name.stamp"
}

stamp_of() {
    cat "$@" | sha256sum
}
