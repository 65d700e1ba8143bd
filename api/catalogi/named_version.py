"""One type that a row names: by URL where clients expect what Open Zaak answers, else by name.

The text of the standard counts it among the attributes that are answered as a URL, its schema says
that it never is one; the municipality chooses (``open_zaak_compatibility``).
"""

from __future__ import annotations

from typing import Any

from django.db.models import F, JSONField, Model, Q, QuerySet, Subquery

from api.catalogi.namefield import Name, NameField, read_name
from api.catalogi.shown import out, shown_versions
from api.pipeline.represent.links import link_to, one_in_full
from api.pipeline.represent.members import Member
from api.pipeline.sql.compiled import OPEN_ZAAK
from api.pipeline.sql.rows import Sql
from api.pipeline.validate.filters import NO_KEY, Filter
from api.pipeline.words.caller import Caller

LONGEST_URL = 200


class NamedVersion(Member):
    """A column with the name of a type; where there is no version of it, the answer is the name."""

    def __init__(self, attribute: str, target: type[Model], name: str, *, catalogus: str) -> None:
        super().__init__(attribute)
        self._target = target
        self.target_name = name
        self.catalogus = catalogus

    def expression(self, model: type[Model]) -> Any:
        url = Subquery(
            self._versions().values_list(link_to(self._target, "pk"))[:1], output_field=JSONField()
        )
        name = Sql("to_json({})", F(self.attribute))
        return Sql(
            "CASE WHEN {} THEN COALESCE({}, {}) ELSE {} END",
            OPEN_ZAAK,
            url,
            name,
            name,
            output_field=JSONField(),
        )

    def field(self, model: type[Model]) -> Any:
        longest: Any = model._meta.get_field(self.attribute)
        return NameField(
            self._target, self.target_name, longest_name=longest.max_length, source=self.attribute
        )

    def target(self, model: type[Model]) -> type[Model] | None:
        return self._target

    def expanded(self, model: type[Model], tree: Any) -> Any:
        version = one_in_full(self._versions(), self._target, tree)
        return Sql("COALESCE({}, '{{}}'::json)", version, output_field=JSONField())

    def schema(self, model: type[Model]) -> dict[str, Any]:
        return {"type": "string", "maxLength": LONGEST_URL}

    def read(self, value: Any, caller: Caller) -> Name | None:
        """The name that a client means by a name or URL."""
        return read_name(value, self._target, self.target_name, caller)

    def _versions(self) -> QuerySet[Any, Any]:
        return shown_versions(self._target, self._named).order_by("-begin_geldigheid", "pk")

    def _named(self, depth: int) -> Q:
        return Q(
            **{
                "catalogus_id": out(f"{self.catalogus}_id", depth),
                self.target_name: out(self.attribute, depth),
            }
        )


class ByNamedVersion(Filter):
    """Rows that name a type, given by its name or by the URL of a version."""

    def __init__(self, member: NamedVersion) -> None:
        self.member = member

    def parse(self, value: Any, caller: Caller) -> Name | None:
        return self.member.read(value, caller)

    def condition(self, value: Name | None) -> Any:
        if value is None:
            return Q(pk=NO_KEY)
        named = Q(**{self.member.attribute: value})
        catalogus = {f"{self.member.catalogus}_id": value.catalogus_id}
        return named & Q(**catalogus) if value.catalogus_id else named
