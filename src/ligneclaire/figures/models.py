"""What is counted for supervisors, day by day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from ligneclaire.figures.rules import Figure


class Day(models.Model):
    """A day that was counted, and when it was counted last."""

    day = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.day}"


class Count(models.Model):
    """How often something happened on a day to customers of an adviser; `about` parts it further where it can."""

    day = models.ForeignKey(Day, on_delete=models.CASCADE, related_name="+", db_index=False)
    figure = models.CharField(max_length=32, choices=[(figure.value, figure.value) for figure in Figure])
    about = models.CharField(max_length=120, blank=True)
    adviser = models.CharField(max_length=20)
    count = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="count_once", fields=["day", "figure", "adviser", "about"]),
            models.CheckConstraint(name="count_of_something", condition=Q(count__gt=0)),
            models.CheckConstraint(
                name="count_figure_known", condition=Q(figure__in=[figure.value for figure in Figure])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day_id} {self.figure} {self.adviser} {self.count}"
