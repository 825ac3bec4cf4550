"""The application as web servers call it."""

from __future__ import annotations

import os

import django
from django.db import connections

from ligneclaire.ops.bounded import bounded
from ligneclaire.ops.threads import Threads

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ligneclaire.config.settings")
django.setup(set_prefix=False)
connections.settings["default"]["CONN_MAX_AGE"] = None  # the threads stay, and their connections with them
application = bounded(Threads())
