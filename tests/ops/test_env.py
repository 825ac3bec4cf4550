"""The environment is understood or refused in plain words."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from pathlib import Path

import pytest

from ligneclaire.channels.email.server import EXPECTED, MailServer, Security
from ligneclaire.channels.sms.centre import EXPECTED as NO_CENTRE
from ligneclaire.config.env import Environment, environment

NO_LOGIN = "expected a user of at most 15 and a password of at most 8 characters"


@pytest.fixture(autouse=True)
def only_what_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start without variables of ours, and read anew."""
    for name in ("DATABASE_URL", *(f"LIGNECLAIRE_{field.upper()}" for field in Environment.model_fields)):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("ligneclaire.config.env.environment", environment.__wrapped__)


AN_ISSUER = "https://login.company.example/realms/staff"
OIDC = ("ISSUER", "CLIENT_ID", "CLIENT_SECRET")


def test_nothing_is_needed_locally() -> None:
    env = environment.__wrapped__()

    assert (env.mode, env.database_url, env.var, env.language) == ("local", "", Path("var"), "fr")


def test_a_mail_server_is_one_address_and_its_password_is_nowhere_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (environment.__wrapped__().smtp_url, environment.__wrapped__().reply_address) == (None, "")
    monkeypatch.setenv("LIGNECLAIRE_SMTP_URL", "")
    assert environment.__wrapped__().smtp_url is None
    monkeypatch.setenv("LIGNECLAIRE_SMTP_URL", "smtp://voice:p4ssw0rd@mx.example?starttls=yes")
    monkeypatch.setenv("LIGNECLAIRE_REPLY_ADDRESS", "reply@mail.operator.example")

    env = environment.__wrapped__()

    assert env.smtp_url == MailServer(
        host="mx.example", port=587, security=Security.STARTTLS, user="voice", password="p4ssw0rd"
    )
    assert env.reply_address == "reply@mail.operator.example"
    assert "p4ssw0rd" not in repr(env)


def test_an_identity_provider_is_given_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("ISSUER", "https://id.example"), ("CLIENT_ID", "desk"), ("CLIENT_SECRET", "s3cret")):
        monkeypatch.setenv(f"LIGNECLAIRE_OIDC_{name}", value)
    monkeypatch.setenv("LIGNECLAIRE_OIDC_SECOND_FACTOR", "mfa silver")

    env = environment.__wrapped__()

    assert (env.oidc_issuer, env.oidc_client_secret) == ("https://id.example", "s3cret")
    assert env.oidc_second_factor == ("mfa", "silver")


def test_a_table_of_roles_keeps_its_order_and_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (environment.__wrapped__().oidc_roles, environment.__wrapped__().oidc_roles_claim) == ({}, "groups")
    monkeypatch.setenv("LIGNECLAIRE_OIDC_ROLES", "")
    assert environment.__wrapped__().oidc_roles == {}
    table = '{"CN=Leads, OU=Care": "supervisor", "care": "adviser", "new ones": "adviser in training"}'
    monkeypatch.setenv("LIGNECLAIRE_OIDC_ROLES", table)

    found = environment.__wrapped__().oidc_roles

    assert list(found.items()) == [
        ("CN=Leads, OU=Care", "supervisor"),
        ("care", "adviser"),
        ("new ones", "adviser in training"),
    ]


@pytest.mark.parametrize("wrong", ["care=adviser", "[1]", '"adviser"', '{"care": "boss"}'])
def test_a_table_that_is_none_is_said(wrong: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGNECLAIRE_OIDC_ROLES", wrong)

    with pytest.raises(SystemExit):
        environment.__wrapped__()


def test_lists_are_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGNECLAIRE_ALLOWED_HOSTS", "care.example, desk.example")

    assert environment.__wrapped__().allowed_hosts == ("care.example", "desk.example")


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("LIGNECLAIRE_PORT", "abc", "LIGNECLAIRE_PORT is 'abc': expected a whole number"),
        ("LIGNECLAIRE_PORT", "70000", "LIGNECLAIRE_PORT is '70000': expected at most 65535"),
        ("LIGNECLAIRE_DEBUG", "perhaps", "LIGNECLAIRE_DEBUG is 'perhaps': expected yes or no"),
        ("LIGNECLAIRE_PAGE_PRICE", "-1", "LIGNECLAIRE_PAGE_PRICE is '-1': expected an amount such as 1.39"),
        ("LIGNECLAIRE_PAGE_PRICE", "0.005", "LIGNECLAIRE_PAGE_PRICE is '0.005': expected an amount such as 1.39"),
        (
            "LIGNECLAIRE_CLAMAV",
            "clamav",
            "LIGNECLAIRE_CLAMAV is 'clamav': expected an address and a port, such as 127.0.0.1:24",
        ),
        ("LIGNECLAIRE_LANGUAGE", "de", "LIGNECLAIRE_LANGUAGE is 'de': expected 'fr' or 'en'"),
        (
            "DATABASE_URL",
            "mysql://u:secret@h/x",
            "DATABASE_URL is (not shown): expected something like postgresql://user:password@host:5432/name",
        ),
        *(
            ("LIGNECLAIRE_SMTP_URL", url, f"LIGNECLAIRE_SMTP_URL is (not shown): {said}")
            for url, said in (
                ("mx.example:587", EXPECTED),
                ("smtp://", EXPECTED),
                ("https://mx.example", EXPECTED),
                ("smtp://mx.example/inbox", EXPECTED),
                ("smtp://mx.example:70000", "expected a port from 1 to 65535"),
                ("smtp://voice@mx.example", "expected a user with a password, or neither"),
                (
                    "smtp://voice:p4ssw0rd@mx.example",
                    "a password is not sent in the clear: use smtps:// or ?starttls=yes",
                ),
                ("smtp://mx.example?starttls=perhaps", "expected starttls=yes or starttls=no"),
                ("smtp://mx.example?tls=1", "there is no option 'tls': only starttls=yes or starttls=no"),
                ("smtps://mx.example?starttls=yes", "smtps:// is encrypted from the start: leave starttls out"),
            )
        ),
        *(
            ("LIGNECLAIRE_SMPP_URL", url, f"LIGNECLAIRE_SMPP_URL is (not shown): {said}")
            for url, said in (
                ("smsc.example:2775", NO_CENTRE),
                ("smpp://", NO_CENTRE),
                ("smpp://us:x@smsc.example/x?from=36105", NO_CENTRE),
                ("smpp://us:x@smsc.example:99999?from=36105", "expected a port from 1 to 65535"),
                ("smpp://smsc.example?from=36105", NO_LOGIN),
                ("smpp://us:longer-than-8@smsc.example?from=36105", NO_LOGIN),
                (
                    "smpp://us:x@smsc.example",
                    "expected ?from= with a number in digits, or a name of at most 11 letters",
                ),
                (
                    "smpp://us:x@smsc.example?from=36105&per_second=fast",
                    "expected per_second to be a number up to 1000",
                ),
                (
                    "smpp://us:x@smsc.example?from=36105&tls=1",
                    "there is no option 'tls': only from, system_type, per_second",
                ),
            )
        ),
        (
            "LIGNECLAIRE_REPLY_ADDRESS",
            "reply+x@mail.example",
            (
                "LIGNECLAIRE_REPLY_ADDRESS is 'reply+x@mail.example': expected an address without a plus sign, such as "
                "reply@mail.operator.example"
            ),
        ),
        *(
            (
                "LIGNECLAIRE_OIDC_ISSUER",
                issuer,
                f"LIGNECLAIRE_OIDC_ISSUER is {issuer!r}: expected an address such as {AN_ISSUER}",
            )
            for issuer in (
                *("login.company.example", "http://login.company.example", "https:///staff"),
                *("https://login.company.example/?x=1", "https://login.company.example/#x"),
            )
        ),
        *(
            (
                f"LIGNECLAIRE_OIDC_{name}",
                value,
                f"either all of these are given or none: {', '.join(f'LIGNECLAIRE_OIDC_{one}' for one in OIDC)}",
            )
            for name, value in (
                ("ISSUER", "http://localhost:8080/staff"),
                ("CLIENT_ID", "desk"),
                ("CLIENT_SECRET", "s3cret"),
            )
        ),
        (
            "LIGNECLAIRE_MODE",
            "production",
            "in production these must be given: DATABASE_URL, LIGNECLAIRE_SECRET_KEY, LIGNECLAIRE_ALLOWED_HOSTS",
        ),
    ],
)
def test_a_wrong_value_ends_the_process_with_a_sentence(
    variable: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SystemExit) as ended:
        environment.__wrapped__()

    assert ended.value.code == 2
    assert capsys.readouterr().err == f"{said}\n"


def test_a_key_is_made_once_and_kept_for_its_owner_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGNECLAIRE_VAR", str(tmp_path / "var"))

    first, second = Environment().key(), Environment().key()

    assert first == second
    assert len(first) > 50
    assert (tmp_path / "var" / "secret-key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("variable", ["LIGNECLAIRE_DEBUG", "LIGNECLAIRE_DEMO"])
def test_production_shows_neither_errors_nor_codes(
    variable: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    production = {
        "LIGNECLAIRE_MODE": "production",
        "DATABASE_URL": "postgresql://u@h/x",
        "LIGNECLAIRE_SECRET_KEY": "a secret",
        "LIGNECLAIRE_ALLOWED_HOSTS": "care.example",
        variable: "yes",
    }
    for name, value in production.items():
        monkeypatch.setenv(name, value)

    with pytest.raises(SystemExit):
        environment.__wrapped__()

    assert capsys.readouterr().err == f"{variable} must not be on in production\n"


def test_production_asks_for_the_second_factor(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    production = {
        "LIGNECLAIRE_MODE": "production",
        "DATABASE_URL": "postgresql://u@h/x",
        "LIGNECLAIRE_SECRET_KEY": "a secret",
        "LIGNECLAIRE_ALLOWED_HOSTS": "care.example",
    }
    for name, value in production.items():
        monkeypatch.setenv(name, value)
    assert environment.__wrapped__().second_factor == "asked"
    monkeypatch.setenv("LIGNECLAIRE_SECOND_FACTOR", "off")

    with pytest.raises(SystemExit):
        environment.__wrapped__()

    assert capsys.readouterr().err == "LIGNECLAIRE_SECOND_FACTOR must not be off in production\n"


def test_the_print_houses_terms_are_amounts_and_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    env = environment.__wrapped__()
    assert (env.letters_at, env.letter_price, env.letter_sides) == (time(17), Decimal(0), "recto-verso")
    for name, value in (("LETTERS_AT", "16:30"), ("LETTER_PRICE", "1.39"), ("REGISTERED_PRICE", "5.2")):
        monkeypatch.setenv(f"LIGNECLAIRE_{name}", value)

    env = environment.__wrapped__()

    assert (env.letters_at, env.letter_price, env.registered_price) == (time(16, 30), Decimal("1.39"), Decimal("5.2"))


def test_the_amount_above_which_two_look_is_none_or_an_amount(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, amount in (("", None), ("0", Decimal(0)), ("250.50", Decimal("250.50"))):
        monkeypatch.setenv("LIGNECLAIRE_APPROVE_ABOVE", text)
        assert environment.__wrapped__().approve_above == amount

    monkeypatch.setenv("LIGNECLAIRE_APPROVE_ABOVE", "-1")
    with pytest.raises(SystemExit):
        environment.__wrapped__()
    assert "LIGNECLAIRE_APPROVE_ABOVE" in capsys.readouterr().err


@pytest.mark.parametrize("place", ["/run/clamav/clamd.ctl", "127.0.0.1:3310", ""])
def test_a_virus_scanner_is_a_path_or_a_place_to_ask(monkeypatch: pytest.MonkeyPatch, place: str) -> None:
    monkeypatch.setenv("LIGNECLAIRE_CLAMAV", place)

    assert environment.__wrapped__().clamav == place
