"""The application as web servers call it."""

from __future__ import annotations

import os

from django.core.asgi import get_asgi_application
from django.db import connections

from ligneclaire.ops.bounded import bounded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ligneclaire.config.settings")
# A thread lives for one request here: connections are shared, not opened for each.
connections.settings["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 20, "timeout": 10}
application = bounded(get_asgi_application())
