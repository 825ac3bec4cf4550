"""What of ours is what of NetBox: the names that both ways of reading and writing share (decision 58)."""

from __future__ import annotations

import re
from hashlib import sha256

from ligneclaire.network.states import ResourceKind, Technology

SITE, LOCATION, REGION = "dcim.site", "dcim.location", "dcim.region"
REAR_PORT, INTERFACE = "dcim.rearport", "dcim.interface"
DEVICE, TENANT, CIRCUIT = "dcim.device", "tenancy.tenant", "circuits.circuit"
OURS = "ligneclaire.resource"  # numbers, SIM cards and boxes: NetBox has nothing of the kind
FRAME = "distribution-frame"
PORTS = {ResourceKind.PAIR: "110-punch", ResourceKind.PATH: "sc-apc"}
KIND_OF_PORT = {kind: name for name, kind in PORTS.items()}
TYPES = tuple(Technology.values)
ACTIVE, OVER = "active", "decommissioned"
FIELDS = {
    "kind": (SITE, LOCATION),
    "territory": (LOCATION,),
    "condition": (REAR_PORT, INTERFACE),
    "wear": (REAR_PORT, INTERFACE),
    "line": (REAR_PORT, INTERFACE),
    "since": (REAR_PORT, INTERFACE),
    "contract": (CIRCUIT,),
    "place_site": (CIRCUIT,),
}
"""What has no field of its own in NetBox: custom fields of text, and on what they stand."""
FIRST = (
    *("extras.customfield", REGION, SITE, LOCATION, "dcim.manufacturer", "dcim.devicetype", "dcim.devicerole", DEVICE),
    *(REAR_PORT, INTERFACE, TENANT, "circuits.provider", "circuits.circuittype", CIRCUIT, OURS),
)
"""In which order NetBox can be given them."""


def slug(code: str) -> str:
    """A code as NetBox names things in addresses; codes that would look alike get a mark of their own."""
    written = re.sub(r"[^a-z0-9_-]+", "-", code.lower()).strip("-")
    return written if written.upper() == code else f"{written}-{sha256(code.encode()).hexdigest()[:6]}"
