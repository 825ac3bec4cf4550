"""Who serves and who is served, and how they show who they are; all personal data lives here."""

from __future__ import annotations

from ligneclaire.people.models.copies import RecordCopy, RecordFetch
from ligneclaire.people.models.customers import Consent, ContactPoint, Customer, MergeEvent, Preference, TextStop
from ligneclaire.people.models.house import (
    Absence,
    Adviser,
    Coverage,
    Department,
    Login,
    LoginTries,
    Operator,
    Territory,
    Token,
)
from ligneclaire.people.models.identity import Challenge, OneTimeCode, Passkey, Session
from ligneclaire.people.models.persons import AuthorisedPerson, CallCode, IdentityCheck
from ligneclaire.people.models.staff import CompanyIdentity, SecondFactor, StaffKey, StaffSession

__all__ = [
    "Absence",
    "Adviser",
    "AuthorisedPerson",
    "CallCode",
    "Challenge",
    "CompanyIdentity",
    "Consent",
    "ContactPoint",
    "Coverage",
    "Customer",
    "Department",
    "IdentityCheck",
    "Login",
    "LoginTries",
    "MergeEvent",
    "OneTimeCode",
    "Operator",
    "Passkey",
    "Preference",
    "RecordCopy",
    "RecordFetch",
    "SecondFactor",
    "Session",
    "StaffKey",
    "StaffSession",
    "Territory",
    "TextStop",
    "Token",
]
