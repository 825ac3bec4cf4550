"""The door for other systems: each department's systems state facts as that department."""

from __future__ import annotations

from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Swagger
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from ligneclaire.api.answers import PROBLEM, Problem, Unreadable
from ligneclaire.kernel import clock
from ligneclaire.kernel.actor import SYSTEM
from ligneclaire.people.access.scopes import Scope
from ligneclaire.people.actions.use_token import ScopeMissing, TokenEnded, TokenUnknown, use_token


class DepartmentToken(HttpBearer):
    """A token of a department, made by `ligneclaire token DEPARTMENT`, which lets do what is asked for."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> str:  # noqa: ARG002
        """The department for which this token speaks; refused with the reason where it does not."""
        return use_token(token=token, scope=self.scope, by=SYSTEM, at=clock.now())


BODIES = ("sent", "asked")
"""What operations call what they are sent: no part of the name of a field."""

api = NinjaAPI(
    title="Ligne Claire",
    version=version("ligneclaire"),
    description="One customer, one thread, one voice, one name. Departments state facts, the voice speaks.",
    docs=Swagger(settings={"validatorUrl": None, "tryItOutEnabled": False}),
    auth=DepartmentToken(Scope.FACTS_WRITE),
    urls_namespace="api",
)


@api.exception_handler(AuthenticationError)
def without_token(request: HttpRequest, _error: AuthenticationError) -> HttpResponse:
    """Whoever shows no token is told how to."""
    return _refused(request, 401, "Unauthorized", "Expected `Authorization: Bearer TOKEN` with a department's token.")


@api.exception_handler(TokenUnknown)
def unknown(request: HttpRequest, _error: TokenUnknown) -> HttpResponse:
    """The token is nobody's, or was taken back."""
    return _refused(request, 401, "Unauthorized", "This token is unknown, or was taken back.", error="invalid_token")


@api.exception_handler(TokenEnded)
def ended(request: HttpRequest, error: TokenEnded) -> HttpResponse:
    """The token held until then."""
    detail = f"This token ended at {error.values['ended_at']:%Y-%m-%dT%H:%M:%SZ}."
    return _refused(request, 401, "Unauthorized", detail, error="invalid_token")


@api.exception_handler(ScopeMissing)
def not_for_this(request: HttpRequest, error: ScopeMissing) -> HttpResponse:
    """The token is good, but not for this."""
    scope = str(error.values["scope"])
    detail = f"This token lacks the scope {scope}."
    return _refused(request, 403, "Forbidden", detail, error="insufficient_scope", scope=scope)


@api.exception_handler(Unreadable)
def unreadable(request: HttpRequest, error: Unreadable) -> HttpResponse:
    """A body that cannot be read as a whole is refused as a whole."""
    return api.create_response(request, {"field": error.field, "reason": error.reason}, status=error.status)


@api.exception_handler(ValidationError)
def misshapen(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """A request that has not the right shape is refused by the first field that is wrong."""
    first = error.errors[0]
    place = ".".join(str(part) for part in first["loc"][1:] if part not in BODIES)
    reason = first["msg"].removeprefix("Value error, ")
    return api.create_response(request, {"field": place or "body", "reason": reason}, status=422)


@api.exception_handler(HttpError)
def not_json(request: HttpRequest, error: HttpError) -> HttpResponse:
    """A body that is no JSON."""
    return api.create_response(request, {"field": "body", "reason": str(error)}, status=422)


@csrf_exempt
def nothing_here(request: HttpRequest, rest: str) -> HttpResponse:
    """An address below the API that is none is said to be none, as programs read it."""
    detail = f"There is no /api/{rest}; what there is stands in /api/openapi.json."
    return _problem(request, Problem(title="Not Found", status=404, detail=detail))


def _refused(request: HttpRequest, status: int, title: str, detail: str, **challenge: str) -> HttpResponse:
    """Say no twice: to programs by the challenge of RFC 6750, to people by the problem details of RFC 9457."""
    problem = Problem(title=title, status=status, detail=detail, scope=challenge.get("scope"))
    response = _problem(request, problem)
    told = {"realm": "ligneclaire"} | challenge | ({"error_description": detail} if challenge else {})
    response["WWW-Authenticate"] = "Bearer " + ", ".join(f'{name}="{value}"' for name, value in told.items())
    return response


def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    response = api.create_response(request, problem.model_dump(exclude_none=True), status=problem.status)
    response["Content-Type"] = PROBLEM
    return response
