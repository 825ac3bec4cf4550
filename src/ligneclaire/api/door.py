"""The door for other systems: each department's systems state facts as that department."""

from __future__ import annotations

from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Swagger
from ninja.errors import AuthenticationError
from ninja.security import HttpBearer

from ligneclaire.api.answers import Unreadable
from ligneclaire.people.queries import tokens


class DepartmentToken(HttpBearer):
    """The token of a department, made by `ligneclaire token DEPARTMENT`."""

    def authenticate(self, request: HttpRequest, token: str) -> str | None:  # noqa: ARG002
        """The department that this token belongs to."""
        return tokens.department_of(token)


api = NinjaAPI(
    title="Ligne Claire",
    version=version("ligneclaire"),
    description="One customer, one thread, one voice, one name. Departments state facts, the voice speaks.",
    docs=Swagger(settings={"validatorUrl": None, "tryItOutEnabled": False}),
    auth=DepartmentToken(),
    urls_namespace="api",
)


@api.exception_handler(AuthenticationError)
def unknown(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Whoever shows no valid token is told how to."""
    reason = "expected `Bearer TOKEN` with the token of a department"
    response = api.create_response(request, {"field": "Authorization", "reason": reason}, status=401)
    response["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(Unreadable)
def unreadable(request: HttpRequest, error: Unreadable) -> HttpResponse:
    """A body that cannot be read as a whole is refused as a whole."""
    return api.create_response(request, {"field": error.field, "reason": error.reason}, status=error.status)
