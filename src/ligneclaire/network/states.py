"""What there is in a network, and where it stands."""

from __future__ import annotations

from django.db import models


class SiteKind(models.TextChoices):
    """A place where lines come together, from the exchange to the last box in the street."""

    EXCHANGE = "exchange"
    """NRA or NRO: where a copper pair or a fibre begins."""
    CABINET = "cabinet"
    """Sous-répartiteur."""
    PM = "pm"
    """Point de mutualisation: where the fibres of several operators meet."""
    DISTRIBUTION_BOX = "distribution box"
    PBO = "pbo"
    """Point de branchement optique."""


class ResourceKind(models.TextChoices):
    """What a line needs and only one line can have at a time."""

    PAIR = "pair"
    PORT = "port"
    PATH = "path"
    """An optical path, known by the PTO it ends at."""
    NUMBER = "number"
    SIM = "sim"
    BOX = "box"


AT_A_SITE = (ResourceKind.PAIR, ResourceKind.PORT, ResourceKind.PATH)
ONE_FOR_A_LINE = (ResourceKind.PAIR, ResourceKind.PORT, ResourceKind.PATH, ResourceKind.NUMBER, ResourceKind.SIM)
"""Of boxes a line may have several."""


class Technology(models.TextChoices):
    """How a line reaches its place."""

    COPPER = "copper"
    FIBRE = "fibre"
    MOBILE = "mobile"


ACCESS = {
    Technology.COPPER: ResourceKind.PAIR,
    Technology.FIBRE: ResourceKind.PATH,
    Technology.MOBILE: ResourceKind.SIM,
}
"""What carries a line of each technology."""


class Condition(models.TextChoices):
    """Whether a resource can be given to anybody."""

    USABLE = "usable"
    FAULTY = "faulty"
    RETIRED = "retired"


class Use(models.TextChoices):
    """Why nobody else can have a resource."""

    HELD = "held"
    """A line has it."""
    QUARANTINE = "quarantine"
    """A number after its contract, which only its last holder may take elsewhere (TER-23)."""
    TAKEN = "taken"
    """In use by somebody whom the records do not name, so that it is not given away before that is known."""


class OrderState(models.TextChoices):
    """Where the building of something stands."""

    OPEN = "open"
    BUILT = "built"
    CANCELLED = "cancelled"


class Seen(models.TextChoices):
    """What the network sees of a resource."""

    ACTIVE = "active"
    SILENT = "silent"


class DifferenceKind(models.TextChoices):
    """How what the network sees differs from what the records say."""

    NOT_RECORDED = "not recorded"
    """In use, but free for the records: the next who asks would be given it."""
    UNKNOWN = "unknown"
    """In use, but the records do not know it at all."""
    SILENT = "silent"
    """Held by a line, but dead."""
    TWO_NUMBERS = "two numbers"
    """Two numbers answer on one pair, port or path."""
    GIVEN_AWAY = "given away"
    """Held by a line, while somebody states that another has it."""
    WRONG_LINE = "wrong line"
    """A number answers on what another line holds."""


class DifferenceState(models.TextChoices):
    """A difference is open until somebody settles it or a later survey no longer sees it."""

    OPEN = "open"
    SETTLED = "settled"
    GONE = "gone"
