"""A DATABASE_URL in the words of Django's settings."""

from __future__ import annotations

from psycopg.conninfo import conninfo_to_dict

NAMES = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}


def login(url: str) -> dict[str, str]:
    """Where to connect and as whom."""
    known = conninfo_to_dict(url)
    return {ours: str(known.get(theirs) or "") for ours, theirs in NAMES.items()}


def login_options(url: str, *, session: str) -> dict[str, str]:
    """What else the URL says about the connection, such as `sslmode`; of its `options` ours come last and count."""
    known = {name: str(value) for name, value in conninfo_to_dict(url).items() if name not in NAMES.values()}
    return known | {"options": f"{known.get('options', '')} {session}".strip()}
