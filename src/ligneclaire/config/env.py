"""The environment, read once, typed, and refused in plain words when it is wrong."""

from __future__ import annotations

import json
import os
import secrets
import sys
from datetime import time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from ligneclaire.channels.email.postbox import Postbox
from ligneclaire.channels.email.reply import reply_base
from ligneclaire.channels.email.server import MailServer
from ligneclaire.channels.sms.centre import Centre
from ligneclaire.people.states import StaffRole

PREFIX = "LIGNECLAIRE_"
WRONG = 2
SECRET = {
    "DATABASE_URL",
    f"{PREFIX}SECRET_KEY",
    f"{PREFIX}SMTP_URL",
    f"{PREFIX}SMPP_URL",
    f"{PREFIX}IMAP_URL",
    f"{PREFIX}OIDC_CLIENT_SECRET",
}
A_TABLE = 'a table such as {"care-leads": "supervisor", "care": "adviser"}'
LAST_PORT = 65535
DEAREST, FINEST = 1000, 2  # of a letter, in money and decimals
LARGEST_MAIL = 40 * 1024 * 1024


def _a_database(text: str) -> str:
    try:
        known = conninfo_to_dict(text)
    except ProgrammingError as unreadable:
        raise ValueError("expected something like postgresql://user:password@host:5432/name") from unreadable
    if text and not (text.startswith(("postgresql://", "postgres://")) and known.get("dbname")):
        raise ValueError("expected something like postgresql://user:password@host:5432/name")
    return text


def _words(text: object) -> object:
    return tuple(text.replace(",", " ").split()) if isinstance(text, str) else text


def _a_mail_server(text: object) -> object:
    return (MailServer.parse(text) if text else None) if isinstance(text, str) else text


def _a_postbox(text: object) -> object:
    return (Postbox.parse(text) if text else None) if isinstance(text, str) else text


def _a_centre(text: object) -> object:
    return (Centre.parse(text) if text else None) if isinstance(text, str) else text


def _a_place_to_listen(text: str) -> str:
    host, _, port = text.rpartition(":")
    if text and not (host and port.isascii() and port.isdigit() and 0 < int(port) <= LAST_PORT):
        raise ValueError("expected an address and a port, such as 127.0.0.1:24")
    return text


def _or_none(text: object) -> object:
    return None if text == "" else text


def _a_price(amount: Decimal) -> Decimal:
    if not 0 <= amount <= DEAREST or amount.as_tuple().exponent < -FINEST:  # type: ignore[operator]
        raise ValueError("expected an amount such as 1.39")
    return amount


def _an_issuer(text: str) -> str:
    parts = urlsplit(text)
    is_here = parts.scheme == "http" and parts.hostname in {"localhost", "127.0.0.1", "::1"}
    if text and not ((parts.scheme == "https" or is_here) and parts.hostname and not (parts.query or parts.fragment)):
        raise ValueError("expected an address such as https://login.company.example/realms/staff")
    return text


def _a_site(text: str) -> str:
    parts = urlsplit(text)
    if text and not (parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)):
        raise ValueError("expected an address such as https://care.example")
    return text.rstrip("/")


def _a_table(text: object) -> object:
    """A table as JSON, so that names of groups may have blanks, commas and signs of equality."""
    if not isinstance(text, str) or not text.strip():
        return text or {}
    try:
        table = json.loads(text)
        return dict(table.items())
    except (ValueError, AttributeError):
        raise ValueError(f"expected {A_TABLE}") from None


Hours = Annotated[int, Field(ge=1, le=720)]
Price = Annotated[Decimal, AfterValidator(_a_price)]


def _a_scanner(text: str) -> str:
    return text if text.startswith("/") else _a_place_to_listen(text)


def _says(default: object, text: str, *, alias: str | None = None) -> Any:
    """A variable with its default and its sentence in the reference."""
    return Field(default=default, description=text, validation_alias=alias)


class Environment(BaseSettings):
    """Everything that is decided outside the program."""

    model_config = SettingsConfigDict(frozen=True, env_prefix=PREFIX, extra="ignore")

    mode: Literal["local", "production"] = _says("local", "production asks for what a real installation needs")
    database_url: Annotated[str, AfterValidator(_a_database)] = _says(
        "", "PostgreSQL 15 or newer; without it one is started under var/", alias="DATABASE_URL"
    )
    postgres_bin: Path | None = _says(None, "folder of the PostgreSQL programs to start, instead of the embedded ones")
    var: Path = _says(Path("var"), "folder for everything that is written")
    secret_key: str = _says("", "Django's secret key; without it one is made and kept in var/")
    debug: bool = _says(default=False, text="show errors in the browser")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = _says(
        ("localhost", "127.0.0.1", "[::1]"), "host names to answer to"
    )
    trusted_origins: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = _says(
        (), "origins whose forms are accepted, such as https://care.example"
    )
    host: str = _says("127.0.0.1", "address to listen on")
    port: Annotated[int, Field(ge=1, le=65535)] = _says(8000, "port to listen on")
    language: Literal["fr", "en"] = _says("fr", "language of pages when the browser asks for none of ours")
    log_format: Literal["console", "json"] = _says("console", "json for machines")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = _says("INFO", "the least important lines to log")
    metrics_token: str = _says("", "whoever shows it may read /metrics from anywhere; without it only this network may")
    site: Annotated[str, AfterValidator(_a_site)] = _says(
        "", "where customers reach their pages, such as https://care.example: links in messages begin with it"
    )
    smtp_url: Annotated[MailServer | None, NoDecode, BeforeValidator(_a_mail_server)] = _says(
        None,
        "mail server that takes our e-mails, such as smtp://user:password@mx.example:587?starttls=yes or "
        "smtps://mx.example; without it they are only put down in the outbox",
    )
    reply_address: Annotated[str, AfterValidator(reply_base)] = _says(
        "",
        "address for answers to e-mails; each carries its reference, such as reply+LC-7K2M-9QX4@mail.operator.example "
        "for reply@mail.operator.example; without it answers go to the adviser",
    )
    smpp_url: Annotated[Centre | None, NoDecode, BeforeValidator(_a_centre)] = _says(
        None,
        "short-message centre to which `ligneclaire sms` is connected, such as "
        "smpp://user:password@smsc.example:2775?from=36105, or smpps:// where it is encrypted; without it text "
        "messages are only put down in the outbox",
    )
    lmtp: Annotated[str, AfterValidator(_a_place_to_listen)] = _says(
        "", "where `ligneclaire mail` awaits a mail server's e-mails by LMTP, such as 127.0.0.1:24"
    )
    imap_url: Annotated[Postbox | None, NoDecode, BeforeValidator(_a_postbox)] = _says(
        None,
        "mailbox that `ligneclaire imap` empties where no mail server speaks LMTP to us, such as "
        "imaps://user:password@imap.example/INBOX?done=Processed",
    )
    mail_largest: Annotated[int, Field(ge=1)] = _says(LARGEST_MAIL, "largest e-mail to take in, in bytes")
    hooks_inside: bool = _says(default=False, text="let events go to addresses of our own network too")
    approve_above: Annotated[Decimal | None, Field(ge=0), BeforeValidator(_or_none)] = _says(
        None,
        "amount in the operator's currency above which a message in an adviser's own words waits for a second "
        "adviser; without it none does for its amounts",
    )
    letters_at: time = _says(time(17), "when the letters of a day go to the print house, in the operator's time")
    letter_price: Price = _says(Decimal(0), "what the print house takes for a letter, in the operator's currency")
    page_price: Price = _says(Decimal(0), "what it takes for each printed page, in addition")
    registered_price: Price = _says(Decimal(0), "what it takes for a registered letter, instead of letter_price")
    letter_sides: Literal["recto", "recto-verso"] = _says("recto-verso", "print on one side of the paper, or on both")
    letter_colour: bool = _says(default=True, text="print letters in colour")
    letter_postage: Annotated[str, Field(max_length=40)] = _says(
        "lettre verte", "class of postage of letters that are not registered"
    )
    demo: bool = _says(default=False, text="say on the customers' pages where a demo puts down its codes")
    second_factor: Literal["asked", "off"] = _says("asked", "off lets the desk be opened by password alone, for demos")
    desk_idle_hours: Hours = _says(12, "hours after which a session of the desk ends in which nobody asks for a page")
    desk_session_hours: Hours = _says(120, "hours after which a session of the desk ends in any case")
    oidc_issuer: Annotated[str, AfterValidator(_an_issuer)] = _says(
        "",
        "the company's identity provider (OpenID Connect), by its issuer, such as https://login.company.example/staff; "
        "with it whoever has a login here can come in through it",
    )
    oidc_client_id: str = _says("", "what the identity provider calls us")
    oidc_client_secret: str = _says("", "how the identity provider knows that it is us")
    oidc_name: str = _says("", "what the company calls itself on the log-in page; without it the provider's host name")
    oidc_second_factor: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = _says(
        ("mfa",),
        "values of amr or acr by which the identity provider says that it asked for two factors; without one of them "
        "our own second step is asked",
    )
    oidc_scopes: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)] = _says(
        (), "what to ask the identity provider for beside openid and email, such as groups"
    )
    oidc_session_hours: Hours = _says(
        10,
        "hours after which a session of the desk ends that began through the identity provider, which is asked again",
    )
    oidc_roles: Annotated[dict[str, StaffRole], NoDecode, BeforeValidator(_a_table)] = _says(
        {},
        "in which role somebody comes in through the identity provider, by what it says of them, as JSON: "
        f"{A_TABLE}; the first line that somebody has counts, who has none is refused; without it roles are ours alone",
    )
    oidc_roles_claim: str = _says(
        "groups", "claim in which the identity provider says it; with dots for one inside another: realm_access.roles"
    )
    scan: str = _says("", "virus scanner for what customers send: gets the path, answers 0 if clean, 1 if infected")
    clamav: Annotated[str, AfterValidator(_a_scanner)] = _says(
        "", "socket of ClamAV for scans, attachments and e-mails, such as /run/clamav/clamd.ctl or 127.0.0.1:3310"
    )
    clock_shift_days: int = _says(0, "days by which our clock is ahead, for demos")

    @model_validator(mode="after")
    def _production_is_explicit(self) -> Environment:
        if self.mode == "production":
            missing = [
                name
                for name, value in (("DATABASE_URL", self.database_url), ("SECRET_KEY", self.secret_key))
                if not value
            ]
            missing += [] if "allowed_hosts" in self.model_fields_set else ["ALLOWED_HOSTS"]
            if missing:
                names = ", ".join(name if name == "DATABASE_URL" else PREFIX + name for name in missing)
                raise ValueError(f"in production these must be given: {names}")
            for name in ("debug", "demo"):
                if getattr(self, name):
                    raise ValueError(f"{PREFIX}{name.upper()} must not be on in production")
            if self.second_factor == "off":
                raise ValueError(f"{PREFIX}SECOND_FACTOR must not be off in production")
        return self

    @model_validator(mode="after")
    def _an_identity_provider_is_whole(self) -> Environment:
        given = (self.oidc_issuer, self.oidc_client_id, self.oidc_client_secret)
        if any(given) and not all(given):
            names = ", ".join(f"{PREFIX}OIDC_{name}" for name in ("ISSUER", "CLIENT_ID", "CLIENT_SECRET"))
            raise ValueError(f"either all of these are given or none: {names}")
        return self

    def key(self) -> str:
        """The secret key given, or one of our own kept in var/."""
        return self.secret_key or _kept_secret(self.var / "secret-key")


@cache
def environment() -> Environment:
    """The environment of this process; a wrong value ends the process with a sentence for each."""
    try:
        return Environment()
    except ValidationError as wrong:
        for line in _sentences(wrong):
            sys.stderr.write(f"{line}\n")
        raise SystemExit(WRONG) from None


def _sentences(wrong: ValidationError) -> list[str]:
    sentences = []
    for error in wrong.errors():
        expected = _expected(error)
        if not error["loc"]:
            sentences.append(expected)
            continue
        name = str(error["loc"][0])
        variable = name if name == "DATABASE_URL" else PREFIX + name.upper()
        shown = "(not shown)" if variable in SECRET else repr(error["input"])
        sentences.append(f"{variable} is {shown}: {expected}")
    return sentences


def _expected(error: ErrorDetails) -> str:
    limits = error.get("ctx", {})
    match error["type"]:
        case "int_parsing" | "int_from_float":
            return "expected a whole number"
        case "bool_parsing":
            return "expected yes or no"
        case "greater_than_equal":
            return f"expected at least {limits['ge']}"
        case "less_than_equal":
            return f"expected at most {limits['le']}"
        case "literal_error" | "enum":
            return f"expected {limits['expected']}"
        case _:
            return error["msg"].removeprefix("Value error, ")


def _kept_secret(place: Path) -> str:
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return place.read_text()
