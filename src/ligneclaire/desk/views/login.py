"""Logging in: not as often as one likes."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse

from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.address import way_of
from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.count_login_try import TooManyTries, count_login_try
from ligneclaire.people.actions.forget_login_tries import forget_login_tries

MINUTE = timedelta(minutes=1)


class Login(LoginView):
    """Who has tried too often waits, also with the right password, and whether the user name is known or not."""

    template_name = "desk/login/page.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the try first, so that none of many at once is free."""
        try:
            count_login_try(**_who(request), by=SYSTEM, at=now())
        except TooManyTries as refused:
            form = AuthenticationForm(request, initial={"username": request.POST.get("username", "")})
            context = self.get_context_data(form=form, minutes=-(-refused.after // MINUTE))
            wait = {"Retry-After": str(-(-refused.after // timedelta(seconds=1)))}
            return self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS, headers=wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let in, and forget what was tried before."""
        forget_login_tries(**_who(self.request), by=SYSTEM, at=now())
        return super().form_valid(form)


def _who(request: HttpRequest) -> dict[str, str]:
    return {"username": request.POST.get("username", "")[:254], "address": way_of(request.META).sender()}
