"""Who owns what concerns a customer, or nobody in particular."""

from __future__ import annotations

from collections.abc import Collection

from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Adviser, Customer


class NoAdviser(Refused):
    """No adviser is known yet: a world must be imported first."""


def of(customers: Collection[str]) -> dict[str, str]:
    """The named adviser of each of these customers."""
    return dict(Customer.objects.filter(number__in=customers).values_list("number", "adviser__number"))


def of_news(customer: str | None) -> str:
    """Who looks at news of a customer; the first adviser where no customer is concerned."""
    rows = Customer.objects.filter(number=customer).values_list("adviser__number", flat=True) if customer else []
    found = next(iter(rows), None) or Adviser.objects.order_by("number").values_list("number", flat=True).first()
    if found is None:
        raise NoAdviser
    return found
