"""Write .local/demo.json, which tools read, and print the same for a person.

Standard input is what `manage.py seed_demo --json` printed; the arguments are NAME=PID of every process.
"""

import argparse
import json
import os
import sys
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / ".local" / "demo.json"

Json = dict[str, Any]  # what goes into and comes out of a file has no better type


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--psql", required=True, help="prefix of a command as superuser")
    parser.add_argument("processes", nargs="+", metavar="NAME=PID")
    arguments = parser.parse_args()

    demo = describe(json.load(sys.stdin), port=int(os.environ["ZAAKPLEIN_WEB_PORT"]))
    demo["processes"] = {name: int(pid) for name, pid in (pair.split("=") for pair in arguments.processes)}
    demo["psql"] = arguments.psql
    write(demo)
    print(summary(demo))  # noqa: T201  # what infra/up says at its end


def describe(seed: Json, *, port: int) -> Json:
    """Put addresses to what was seeded; what does not exist yet is null."""
    url = f"http://localhost:{port}"
    municipalities = [
        # The n-th municipality has the n-th loopback address after the vendor's.
        describe_municipality(seeded, address=f"127.0.0.{number}", port=port)
        for number, seeded in enumerate(seed["municipalities"], start=2)
    ]
    vendor = {"url": url, **login_of(seed["vendor"]["people"])}
    return {
        "vendor": vendor,
        "municipalities": municipalities,
        "people": [
            {"schema": schema, "url": console["url"], **person}
            for schema, console in [
                (None, vendor),
                *((each["schema"], each["console"]) for each in municipalities),
            ]
            for person in console["people"]
        ],
    }


def login_of(people: list[Json]) -> Json:
    """Of whoever has the highest role, with all the others beside it."""
    first = people[0]
    return {**{key: first[key] for key in ("username", "password", "totp_secret")}, "people": people}


def describe_municipality(seeded: Json, *, address: str, port: int) -> Json:
    base_url = f"http://{seeded['schema']}.localhost:{port}"
    return {
        "name": seeded["name"],
        "schema": seeded["schema"],
        "base_url": base_url,
        "alternative_base_url": f"http://{address}:{port}",
        "client_id": seeded["client_id"],
        "secret": seeded["secret"],
        "console": {"url": f"{base_url}/beheer/", **login_of(seeded["people"])},
    }


def write(demo: Json) -> None:
    """Replace the file at once, readable by its owner alone: it holds secrets."""
    fresh = TARGET.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(demo, indent=2, ensure_ascii=False) + "\n")
    fresh.replace(TARGET)


def summary(demo: Json) -> str:
    first = demo["municipalities"][0]
    vendor = demo["vendor"]
    token = f"manage.py token --municipality {first['schema']} --client-id {first['client_id']}"
    lines = [
        "",
        f"Vendor     {vendor['url']}",
        *(
            f"{each['name']:<10} {each['base_url']}  or  {each['alternative_base_url']}"
            f"  client {each['client_id']}, secret {each['secret']}"
            for each in demo["municipalities"]
        ),
        "Console    sign in with a code too: its secret is in .local/demo.json, totp_secret",
        *(
            f"{each['role']:<20}{each['url']:<40} {each['username']:<40} {each['password']}"
            for each in demo["people"]
        ),
        f"APIs       {first['alternative_base_url']}/ in a browser: what is served, with documentation",
        f"Database   {demo['psql']}",
        "All of it  .local/demo.json; logs in .local/log and .local/servers",
        "",
        "Try:",
        f'  curl -H "Authorization: Bearer $(.venv/bin/python {token})" \\',
        f"    -H 'Accept-Crs: EPSG:4326' {first['alternative_base_url']}/zaken/api/v1/zaken",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
