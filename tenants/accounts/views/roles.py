"""Wat elke rol mag: the permission table itself."""

from __future__ import annotations

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from screens.parts import Held, Matrix, MatrixRow, Right
from tenants.accounts.memberships import AREA
from tenants.accounts.pages import PageRequest, page
from tenants.accounts.rights import Area, Level, PermissionTable
from tenants.accounts.shell import show_page
from tenants.accounts.views.people import around

HELD = {Level.NONE: Held.NO, Level.SEE: Held.PART, Level.CHANGE: Held.YES, Level.APPROVE: Held.YES}


@page(area=AREA, level=Level.SEE)
def roles(request: PageRequest) -> HttpResponseBase:
    """With a sentence of consequence in each cell."""
    context = {"matrix": matrix_of(request.person.side.table), **around(request.person, "roles")}
    return show_page(request, "accounts/roles.html", context)


def matrix_of(table: PermissionTable) -> Matrix:
    return Matrix(
        caption=_("Wat elke rol mag"),
        corner=_("Onderdeel"),
        columns=[str(role.name) for role in table.roles],
        rows=[
            MatrixRow(str(area.name), [right_of(area, role.key) for role in table.roles])
            for area in table.areas
        ],
    )


def right_of(area: Area, role: str) -> Right:
    level = area.level(role)
    return Right(HELD[level], str(level.word), str(area.consequence(role)))
