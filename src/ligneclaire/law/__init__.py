"""What the law says, as dated values with their source, country by country."""

from ligneclaire.law.lookup import UnknownCountry, UnknownRule, countries, parameters, value
from ligneclaire.law.parameter import Basis, Mark, Parameter, Unit

__all__ = [
    "Basis",
    "Mark",
    "Parameter",
    "Unit",
    "UnknownCountry",
    "UnknownRule",
    "countries",
    "parameters",
    "value",
]
