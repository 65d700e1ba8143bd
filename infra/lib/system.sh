# shellcheck shell=bash
# What Debian or Ubuntu has to provide. Nothing is installed that is there already.

POSTGRES_OLDEST=15
POSTGRES_ROOT=/usr/lib/postgresql
SERVICE_POLICY=/usr/sbin/policy-rc.d

# The newest installed PostgreSQL that has its server and PostGIS, or nothing.
installed_postgres() {
    local version
    for version in $(find "$POSTGRES_ROOT" -mindepth 1 -maxdepth 1 -printf '%f\n' 2>/dev/null | sort -rn); do
        ((version >= POSTGRES_OLDEST)) || continue
        [[ -x $POSTGRES_ROOT/$version/bin/initdb ]] || continue
        [[ -e /usr/share/postgresql/$version/extension/postgis.control ]] || continue
        printf '%s' "$version"
        return
    done
}

# The newest PostgreSQL that apt can install together with PostGIS.
installable_postgres() {
    apt-cache search --names-only '^postgresql-[0-9]+-postgis-3$' |
        sed -E 's/^postgresql-([0-9]+)-.*/\1/' | sort -rn |
        awk -v oldest="$POSTGRES_OLDEST" '$1 >= oldest { print; exit }'
}

python_has() {
    "$(system_python)" -c "$1" 2>/dev/null
}

# What WeasyPrint draws letters with.
has_library() {
    # read to its end: with pipefail, a grep that stops early makes a library look missing now and then
    /sbin/ldconfig -p | grep -F "$1 " >/dev/null
}

# Prints the packages that are missing; PostgreSQL as `postgresql`, whose version is known after apt-get update.
missing_packages() {
    [[ -n $(installed_postgres) ]] || echo postgresql
    command -v redis-server >/dev/null || echo redis-server
    [[ -x /usr/sbin/nginx ]] || command -v nginx >/dev/null || echo nginx
    command -v pg_config >/dev/null || echo libpq-dev
    command -v gcc >/dev/null || echo gcc libc6-dev
    command -v curl >/dev/null || echo curl
    has_library libpango-1.0.so.0 || echo libpango-1.0-0
    has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
    has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
    [[ -n $(fc-list 2>/dev/null) ]] || echo fontconfig fonts-dejavu-core
    if [[ -z $(system_python) ]]; then
        echo python3 python3-venv python3-dev
        return
    fi
    python_has 'import ensurepip' || echo python3-venv
    python_has 'import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")' || echo python3-dev
}

install_system_packages() {
    local packages
    mapfile -t packages < <(missing_packages | tr ' ' '\n')
    install_with_apt "${packages[@]}"
}

# Only the tests look at pages: with a Chromium that has no windows, and takes half the time. Ubuntu has none.
install_browser() {
    mkdir -p "$LOCAL/log"
    command -v chromium-headless-shell >/dev/null || (install_with_apt chromium-headless-shell) ||
        command -v chromium >/dev/null || install_with_apt chromium
}

# install_with_apt PACKAGE...: nothing where there is none.
install_with_apt() {
    local packages=("$@") version
    ((${#packages[@]})) || return 0

    command -v apt-get >/dev/null ||
        fail "Missing: ${packages[*]}. Only Debian and Ubuntu are set up from here; elsewhere use infra/compose.yaml."
    say "Missing: ${packages[*]}. Reading apt's lists."
    as_root apt-get update -qq
    if [[ ${packages[0]} == postgresql ]]; then
        version=$(installable_postgres)
        [[ -n $version ]] || fail "apt has no PostgreSQL $POSTGRES_OLDEST or newer with PostGIS."
        packages=("postgresql-$version" "postgresql-$version-postgis-3" "${packages[@]:1}")
    fi
    say "Installing with apt: ${packages[*]}"
    (
        trap restore_service_policy EXIT
        forbid_service_starts
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            -o DPkg::Lock::Timeout=300 "${packages[@]}" >"$LOCAL/log/apt.log" 2>&1 </dev/null ||
            fail "apt failed: see $LOCAL/log/apt.log"
    )
}

# Debian's packages start a server of their own when installed; ours are private to the checkout.
forbid_service_starts() {
    if [[ -e $SERVICE_POLICY && ! -e $SERVICE_POLICY.before-zaakplein ]]; then
        as_root mv "$SERVICE_POLICY" "$SERVICE_POLICY.before-zaakplein"
    fi
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$SERVICE_POLICY" >/dev/null
    as_root chmod 755 "$SERVICE_POLICY"
}

restore_service_policy() {
    as_root rm -f "$SERVICE_POLICY"
    if [[ -e $SERVICE_POLICY.before-zaakplein ]]; then
        as_root mv "$SERVICE_POLICY.before-zaakplein" "$SERVICE_POLICY"
    fi
}
