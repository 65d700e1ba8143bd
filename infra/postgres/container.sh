#!/bin/sh
# Runs once, at the first start of the container of the database: the same SQL as infra/up.
set -eu

run() {
    psql -X -q -v ON_ERROR_STOP=1 -U postgres -d "$1" -f "/zaakplein/$2"
}

run postgres roles.sql
run "$ZAAKPLEIN_DATABASE_NAME" database.sql
run "${ZAAKPLEIN_DATABASE_NAME}_template" database.sql
