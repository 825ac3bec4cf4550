"""In the interpreter of django-helpdesk: its tables, its words for e-mails, a ticket, and who reads it."""

from __future__ import annotations

import os
import sys

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402  # app ready
from django.contrib.auth.models import User  # noqa: E402  # app ready
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402  # app ready
from django.core.management import call_command  # noqa: E402  # app ready
from django.utils import timezone  # noqa: E402  # app ready
from helpdesk.models import FollowUp, Queue, Ticket  # type: ignore[import-not-found]  # noqa: E402  # app ready

WORDS = os.environ["HELPDESK_WORDS"]


def main() -> None:
    """Once for each database."""
    call_command("migrate", verbosity=0)
    call_command("loaddata", "emailtemplate.json", verbosity=0)
    queue, _ = Queue.objects.get_or_create(slug="bench", defaults={"title": "bench", "allow_public_submission": True})
    reader, _ = User.objects.get_or_create(username="bench", defaults={"is_superuser": True, "is_staff": True})
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(reader.pk), "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = reader.get_session_auth_hash()
    session.save()
    sys.stdout.write(str(session.session_key))
    if Ticket.objects.exists():
        return
    given = {"title": "Box", "description": WORDS, "submitter_email": "x@example.org"}
    ticket = Ticket.objects.create(queue=queue, **given)
    FollowUp.objects.bulk_create(
        FollowUp(ticket=ticket, date=timezone.now(), title="Appel", comment=WORDS, public=True)
        for _ in range(int(os.environ["HELPDESK_FOLLOW_UPS"]))
    )


if __name__ == "__main__":
    main()
