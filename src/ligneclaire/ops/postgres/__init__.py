"""The database of a machine that was given none: found, started under var/, shared, stopped by the last user."""

from ligneclaire.ops.postgres.binaries import PostgresUnavailable
from ligneclaire.ops.postgres.share import Attachment, attach, wipe

__all__ = ["Attachment", "PostgresUnavailable", "attach", "wipe"]
