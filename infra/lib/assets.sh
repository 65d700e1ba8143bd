# shellcheck shell=bash
# Style sheets and scripts under the hashed names by which the web serves them.

# Before the processes start, which read the list of names once; again only where a file or a package changed.
collect_assets() {
    local sources
    mapfile -t sources < <(find platform tenants -path '*/static/*' -type f | sort)
    is_stamped assets requirements.lock "${sources[@]}" && [[ -e $LOCAL/static/staticfiles.json ]] && return
    say "Collecting style sheets and scripts"
    "$VENV/bin/python" manage.py collectstatic --no-input --clear --verbosity 0
    stamp assets requirements.lock "${sources[@]}"
}
