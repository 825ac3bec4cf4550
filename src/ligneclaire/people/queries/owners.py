"""Who owns what concerns a customer, or nobody in particular."""

from __future__ import annotations

from collections.abc import Collection

from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Adviser, Customer, Operator


class NoAdviser(Refused):
    """No adviser is known yet: a world must be imported first."""


def of(customers: Collection[str]) -> dict[str, str]:
    """The named adviser of those who are meant by each of these numbers today."""
    return dict(Customer.objects.filter(number__in=customers).values_list("number", "survivor__adviser__number"))


def under(customers: Collection[str]) -> dict[str, str]:
    """The named adviser of those who have these very numbers, merged or not."""
    return dict(Customer.objects.filter(number__in=customers).values_list("number", "adviser__number"))


def of_news(customer: str | None) -> str:
    """Who looks at news of a customer; where no customer is concerned, who is on duty, or else the first adviser."""
    theirs = Customer.objects.filter(number=customer).values_list("survivor__adviser__number", flat=True)
    duty = Operator.objects.exclude(duty=None).values_list("duty__number", flat=True)
    found = (
        (theirs.first() if customer else None)
        or duty.first()
        or Adviser.objects.order_by("number").values_list("number", flat=True).first()
    )
    if found is None:
        raise NoAdviser
    return found
