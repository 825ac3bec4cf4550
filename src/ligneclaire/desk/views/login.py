"""Logging in: not as often as one likes, and not by a password alone."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ligneclaire.desk import company, entrance
from ligneclaire.desk.entrance import minutes, tries_of
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.kernel.clock import now
from ligneclaire.people.actions.count_login_try import TooManyTries, count_login_try
from ligneclaire.people.actions.forget_login_tries import forget_login_tries


class Login(LoginView):
    """Who has tried too often waits, also with the right password, and whether the user name is known or not."""

    template_name = "desk/login/page.html"
    http_method_names = ["get", "head", "post"]  # Django takes PUT for POST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say aloud where a password is enough, and offer the way through the company, if there is one."""
        is_off, name = settings.SECOND_FACTOR == "off", company.name()
        return super().get_context_data(is_second_factor_off=is_off, company=name, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Count the try first, so that none of many at once is free."""
        try:
            count_login_try(**_who(request), by=SYSTEM, at=now())
        except TooManyTries as refused:
            form = AuthenticationForm(request, initial={"username": request.POST.get("username", "")})
            context = self.get_context_data(form=form, minutes=minutes(refused.after))
            wait = {"Retry-After": str(-(-refused.after // timedelta(seconds=1)))}
            return self.render_to_response(context, status=HTTPStatus.TOO_MANY_REQUESTS, headers=wait)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Let in, or on to the second step; what was tried before is forgotten."""
        forget_login_tries(**_who(self.request), by=SYSTEM, at=now())
        if settings.SECOND_FACTOR == "off":
            entrance.enter(self.request, form.get_user())
            return entrance.remember_way(self.request, redirect(self.get_success_url()))
        entrance.begin(self.request, form.get_user(), wanted=self.get_success_url())
        return redirect("desk:second-step")


class Logout(LogoutView):
    """Whoever logs out is not led in again through the company by the next page."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Log out, and forget which way they came."""
        return entrance.remember_way(request, super().post(request, *args, **kwargs))


def _who(request: HttpRequest) -> dict[str, str]:
    return tries_of(request, request.POST.get("username", "")[:254])
