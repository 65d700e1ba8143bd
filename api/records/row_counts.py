"""How many rows there are, by type and level, kept by the database itself.

Each statement that adds or removes rows leaves what it changed in ``RowCount``, in its own transaction. The
sum is the number of rows that the same snapshot sees, whoever wrote them and however: by bulk, by COPY, or
rolled back to a savepoint. Nothing is ever updated there, so nobody waits for anybody.

What belongs to a row with a type and a level, such as the rollen of a zaak, is counted by those. Who adds or
removes some shares a lock on that row, which a change of its type or level needs for itself.

``KEEP``, ``FOLD`` and the triggers are what migrations put into the schema of a municipality, and so is the
text of it that new ones are made of. A change here comes with a migration that makes them anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.migrations import RunSQL

TABLE = "records_rowcount"
FOLD_ONE_IN = 32
"""After so many rows that statements leave, on average, one of those statements folds."""
MOST_FOLDED = 2000
"""How many rows one fold takes away; what is left is for the next."""

COLUMNS = "kind, type, level, published, number"
GROUP = "kind, type, level, published"


@dataclass(frozen=True, slots=True)
class Counted:
    """A table whose rows are counted, with those that belong to its rows; all by the names of columns."""

    table: str
    type: str
    level: str
    published: str | None = None
    """What is true of a row that is ready for publication."""
    key: str = "uuid"
    below: Mapping[str, str] = field(default_factory=dict)
    """The tables of what belongs to a row, each with the column that refers to it."""

    @property
    def tables(self) -> list[str]:
        return [self.table, *self.below]

    def operations(self) -> list[RunSQL]:
        """What makes the database keep the counts, from these statements on, without those that stand."""
        forward, backward = [_count(self), _move(self)], []
        for table, column in self.below.items():
            forward += [_count_below(self, table, column), _move_below(self, table, column)]
        for table in self.tables:
            forward.append(_triggers(table, self._changed(table)))
            backward.append(_without_triggers(table))
        return [RunSQL("".join(forward), "".join(backward))]

    def standing(self) -> RunSQL:
        """What counts the rows that stand; again is harmless."""
        return RunSQL(mend([self]), RunSQL.noop)

    def _changed(self, table: str) -> str:
        """Whether an update of a row changes what it counts for."""
        judged = [column for column in (self.type, self.level, self.published) if column]
        columns = [self.below[table]] if table in self.below else judged
        old, new = (", ".join(f"{version}.{column}" for column in columns) for version in ("OLD", "NEW"))
        return f"({old}) IS DISTINCT FROM ({new})"


def mend(counted: list[Counted]) -> str:
    """Add what the counts lack.

    One statement sees rows and counts as they were at one moment, and what comes after adds to both. So it
    is right while others write, as long as no two do it at once.
    """
    return f"INSERT INTO {TABLE} ({COLUMNS}) {differences(counted)};"


def differences(counted: list[Counted]) -> str:
    """Each kind, type, level and publication with how many rows there are beyond those that are counted."""
    rows = " UNION ALL ".join(
        _rows_below(each, table) if table in each.below else _rows(each)
        for each in counted
        for table in each.tables
    )
    kinds = ", ".join(f"'{table}'" for each in counted for table in each.tables)
    return (
        f"SELECT {GROUP}, sum(number) FROM ("  # noqa: S608 - names of ours
        f"{rows} UNION ALL SELECT {GROUP}, -number FROM {TABLE} WHERE kind IN ({kinds})"
        f") AS both_ways GROUP BY {GROUP} HAVING sum(number) <> 0"
    )


def _rows(counted: Counted) -> str:
    return (
        f"SELECT '{counted.table}'::text AS kind, {_judged(counted)}, count(*) AS number"  # noqa: S608
        f" FROM {counted.table} GROUP BY 2, 3, 4"
    )


def _rows_below(counted: Counted, table: str) -> str:
    return (
        f"SELECT '{table}', main.type, main.level, main.published, count(*) FROM {table}"  # noqa: S608
        f" JOIN (SELECT {counted.key}, {_judged(counted)} FROM {counted.table}) AS main"
        f" ON main.{counted.key} = {table}.{counted.below[table]} GROUP BY 2, 3, 4"
    )


def _judged(counted: Counted, row: str = "") -> str:
    """By what a row of the main table is judged, as the columns type, level and published."""
    of = f"{row}." if row else ""
    published = f"coalesce({of}{counted.published}, false)" if counted.published else "false"
    return f"{of}{counted.type} AS type, {of}{counted.level} AS level, {published} AS published"


# Each function names tables by the schema of its trigger: a restore has an empty search_path. The statements
# are made anew each time, so that a connection keeps no plans of every municipality that it visits.

KEEP = f"""
CREATE FUNCTION {TABLE}_fold(schema text) RETURNS void LANGUAGE plpgsql AS $function$
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RETURN;  -- there a row that another has folded meanwhile would be an error
    END IF;
    EXECUTE format($sql$
        WITH folded AS (
            DELETE FROM %1$I.{TABLE} WHERE id = ANY (ARRAY(
                SELECT id FROM %1$I.{TABLE} JOIN (
                    SELECT {GROUP} FROM %1$I.{TABLE} GROUP BY {GROUP} HAVING count(*) > 1
                ) AS several USING ({GROUP})
                LIMIT {MOST_FOLDED} FOR UPDATE OF {TABLE} SKIP LOCKED
            )) RETURNING {COLUMNS}
        )
        INSERT INTO %1$I.{TABLE} ({COLUMNS})
        SELECT {GROUP}, sum(number) FROM folded GROUP BY {GROUP} HAVING sum(number) <> 0
    $sql$, schema);
END
$function$;
CREATE FUNCTION {TABLE}_truncated() RETURNS trigger LANGUAGE plpgsql AS $function$
BEGIN
    -- nobody folds at the same moment
    EXECUTE format('LOCK TABLE %1$I.{TABLE} IN SHARE ROW EXCLUSIVE MODE', TG_TABLE_SCHEMA);
    EXECUTE format('DELETE FROM %1$I.{TABLE} WHERE kind = %2$L', TG_TABLE_SCHEMA, TG_TABLE_NAME);
    RETURN NULL;
END
$function$;
"""  # noqa: S608 - names of ours
FORGET = f"DROP FUNCTION {TABLE}_truncated(); DROP FUNCTION {TABLE}_fold(text);"


def _function(name: str, body: str) -> str:
    return f"""
CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $function$
DECLARE
    added bigint;
BEGIN{body}
    GET DIAGNOSTICS added = ROW_COUNT;
    IF random() * {FOLD_ONE_IN} < added THEN
        EXECUTE format('SELECT %1$I.{TABLE}_fold(%1$L)', TG_TABLE_SCHEMA);
    END IF;
    RETURN NULL;
END
$function$;
"""


SIGN = "CASE TG_OP WHEN 'INSERT' THEN 1 ELSE -1 END"


def _count(counted: Counted) -> str:
    """Of a statement that adds or removes rows of the main table."""
    return _function(
        f"{counted.table}_count",
        f"""
    EXECUTE format($sql$
        INSERT INTO %1$I.{TABLE} ({COLUMNS})
        SELECT '{counted.table}', {_judged(counted)}, %2$s * count(*) FROM changed GROUP BY 2, 3, 4
    $sql$, TG_TABLE_SCHEMA, {SIGN});""",  # noqa: S608 - names of ours
    )


def _count_below(counted: Counted, table: str, column: str) -> str:
    """Of a statement that adds or removes what belongs to rows of the main table.

    Those are locked in the order of their keys, and are there: a type that is null is refused.
    """
    return _function(
        f"{table}_count",
        f"""
    EXECUTE format($sql$
        INSERT INTO %1$I.{TABLE} ({COLUMNS})
        SELECT '{table}', main.type, main.level, main.published, %2$s * count(*)
        FROM changed LEFT JOIN (
            SELECT {counted.key}, {_judged(counted)} FROM %1$I.{counted.table}
            WHERE {counted.key} = ANY (ARRAY(SELECT {column} FROM changed))
            ORDER BY {counted.key} FOR SHARE
        ) AS main ON main.{counted.key} = changed.{column}
        GROUP BY 2, 3, 4
    $sql$, TG_TABLE_SCHEMA, {SIGN});""",  # noqa: S608 - names of ours
    )


ONLY_READ_COMMITTED = """
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- what others added to it before the lock would not be seen
        RAISE EXCEPTION 'The type, level and publication of % change in read committed alone', TG_TABLE_NAME
            USING ERRCODE = 'feature_not_supported';
    END IF;"""


def _move(counted: Counted) -> str:
    """Of a row of the main table whose type, level or publication changes, and of what belongs to it."""
    below = "".join(
        f"\n            UNION ALL SELECT '{table}', count(*) FROM %1$I.{table} WHERE {column} = $1"  # noqa: S608
        for table, column in counted.below.items()
    )
    return _function(
        f"{counted.table}_move",
        f"""{ONLY_READ_COMMITTED if counted.below else ""}
    EXECUTE format($sql$
        INSERT INTO %1$I.{TABLE} ({COLUMNS})
        SELECT moved.kind, way.type, way.level, way.published, way.sign * moved.number
        FROM (
            SELECT '{counted.table}'::text, 1::bigint{below}
        ) AS moved (kind, number), (
            SELECT -1 AS sign, {_judged(counted, "($2)")}
            UNION ALL SELECT 1, {_judged(counted, "($3)")}
        ) AS way
        WHERE moved.number <> 0
    $sql$, TG_TABLE_SCHEMA) USING NEW.{counted.key}, OLD, NEW;""",  # noqa: S608 - names of ours
    )


def _move_below(counted: Counted, table: str, column: str) -> str:
    """Of what goes over to another row of the main table."""
    return _function(
        f"{table}_move",
        f"""
    EXECUTE format($sql$
        INSERT INTO %1$I.{TABLE} ({COLUMNS})
        SELECT '{table}', main.type, main.level, main.published, way.sign
        FROM (VALUES ($1, -1), ($2, 1)) AS way (main, sign) LEFT JOIN (
            SELECT {counted.key}, {_judged(counted)} FROM %1$I.{counted.table}
            WHERE {counted.key} = ANY (ARRAY[$1, $2]) ORDER BY {counted.key} FOR SHARE
        ) AS main ON main.{counted.key} = way.main
    $sql$, TG_TABLE_SCHEMA) USING OLD.{column}, NEW.{column};""",  # noqa: S608 - names of ours
    )


def _triggers(table: str, changed: str) -> str:
    """An update that changes nothing of it calls nothing."""
    return f"""
CREATE TRIGGER count_added AFTER INSERT ON {table}
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {table}_count();
CREATE TRIGGER count_removed AFTER DELETE ON {table}
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION {table}_count();
CREATE TRIGGER count_moved AFTER UPDATE ON {table}
    FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION {table}_move();
CREATE TRIGGER count_truncated AFTER TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_truncated();
"""


def _without_triggers(table: str) -> str:
    return f"""
DROP TRIGGER count_added ON {table};
DROP TRIGGER count_removed ON {table};
DROP TRIGGER count_moved ON {table};
DROP TRIGGER count_truncated ON {table};
DROP FUNCTION {table}_count();
DROP FUNCTION {table}_move();
"""
