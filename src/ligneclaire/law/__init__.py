"""What the law says, as dated values with their source, country by country."""

from ligneclaire.law.catalogue import Entry, catalogue
from ligneclaire.law.limit import FRANCE, first_day, last_day
from ligneclaire.law.lookup import UnknownCountry, UnknownRule, countries, parameters, value
from ligneclaire.law.parameter import Basis, Mark, Parameter, Unit

__all__ = [
    "FRANCE",
    "Basis",
    "Entry",
    "Mark",
    "Parameter",
    "Unit",
    "UnknownCountry",
    "UnknownRule",
    "catalogue",
    "countries",
    "first_day",
    "last_day",
    "parameters",
    "value",
]
