"""Structured logs: one event a line, with the request it belongs to."""

from __future__ import annotations

import structlog
from structlog.types import EventDict, Processor, WrappedLogger

from ligneclaire.kernel.request import request_id


def _add_request(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    request = request_id()
    return {**event, "request": request} if request else event


ADDED: tuple[Processor, ...] = (
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.contextvars.merge_contextvars,
    _add_request,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


def configuration(*, how: str, level: str) -> dict[str, object]:
    """The logging of the whole process, `console` for people or `json` for machines, as Django's `LOGGING`."""
    structlog.configure(
        processors=[*ADDED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if how == "json":
        last += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        # Without the values of variables: they may be personal.
        last += [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    formatter = {"()": structlog.stdlib.ProcessorFormatter, "processors": last, "foreign_pre_chain": ADDED}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "django.request": {"level": "ERROR"},  # refusals are answers, not alarms
            "procrastinate": {"level": "WARNING" if level == "INFO" else level},
            "mail.log": {"level": "WARNING"},  # below that it names who writes to whom, and what
        },
    }
