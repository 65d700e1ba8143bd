# shellcheck shell=bash
# What infra/up and infra/test have in common: packages, virtual environment, servers.

source infra/lib/checkout.sh
source infra/lib/system.sh
source infra/lib/python.sh
source infra/lib/environment.sh
source infra/lib/servers.sh
source infra/lib/postgres.sh
source infra/lib/redis.sh
source infra/lib/processes.sh
source infra/lib/assets.sh

install_what_is_missing() {
    local lock=$1
    mkdir -p "$LOCAL/run" "$LOCAL/log"
    install_system_packages
    install_locked "$lock"
}

start_servers() {
    make_servers_directory
    make_media_directory
    write_environment
    start_postgres
    start_redis
    prepare_database
}

stop_servers() {
    stop_redis
    stop_postgres
}
