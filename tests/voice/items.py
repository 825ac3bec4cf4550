"""What departments might send, sense or nonsense."""

from __future__ import annotations

from hypothesis import strategies as st

from ligneclaire.voice.topics import TOPICS

AN_ITEM: dict[str, object] = {
    "id": "e4",
    "at": "2015-02-14T07:30:00+01:00",
    "source": "billing",
    "customer": "C-2001",
    "contract": "K-ADSL-1",
    "event": "fact",
    "data": {"key": "closing_bill.date", "value": "2015-03-05", "effective": "2015-02-20"},
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
FIELDS = st.sampled_from(["id", "at", "source", "customer", "contract", "event", "data"])
TYPICAL = st.sampled_from(
    ["fact", "fact.withdrawn", "billing", "2015-02-14T07:30:00+01:00", "0001-01-01T00:00:00+14:00", *TOPICS]
)
DATA = st.fixed_dictionaries({}, optional={"key": TYPICAL | JSON, "value": JSON, "effective": JSON, "fact": JSON})
ITEMS = st.dictionaries(FIELDS, TYPICAL | DATA | JSON) | st.builds(
    lambda changes: AN_ITEM | changes, st.dictionaries(FIELDS, TYPICAL | DATA | JSON, max_size=2)
)
