from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect


def end_session(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One of the person's own, and only on a post: a link ends nothing."""
    session = get_object_or_404(UserSession, pk=pk, user_id=request.user.pk)
    if request.method == "POST":
        session.end()
    return redirect("usersessions_list")
