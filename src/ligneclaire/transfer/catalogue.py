"""Which tables an export has, whose each row is, and which tables and columns it leaves out, and why."""

from __future__ import annotations

HOUSE = ""
"""Nobody's in particular: not in the export of one customer, who may have several numbers."""
OWN, OWN_ID = "t.customer = ANY(%(customers)s)", "t.customer_id = ANY(%(customers)s)"
_FACT = "t.fact_id IN (SELECT id FROM facts_fact WHERE customer = ANY(%(customers)s))"
_ENTRY = "t.entry_id IN (SELECT uuid FROM channels_entry WHERE customer = ANY(%(customers)s))"
_MESSAGE = "(SELECT uuid FROM channels_message WHERE customer = ANY(%(customers)s))"
_REQUEST = "t.request_id IN (SELECT id FROM contracts_terminationrequest WHERE customer_id = ANY(%(customers)s))"
_LINE = "t.line_id IN (SELECT code FROM network_line WHERE customer_id = ANY(%(customers)s))"
_NEED = "t.need_id IN (SELECT reference FROM visits_need WHERE customer_id = ANY(%(customers)s))"
_MAIL = "(SELECT uuid FROM channels_entry WHERE customer = ANY(%(customers)s))"

EXPORTED = {
    "people.Operator": HOUSE,
    "people.Department": HOUSE,
    "people.Territory": HOUSE,
    "people.Adviser": HOUSE,
    "people.Coverage": HOUSE,
    "people.Absence": HOUSE,
    "people.Login": HOUSE,
    "people.StaffKey": HOUSE,
    "people.CompanyIdentity": HOUSE,
    "people.Token": HOUSE,
    "people.Customer": "t.number = ANY(%(customers)s)",
    "people.MergeEvent": OWN_ID,
    "people.ContactPoint": OWN_ID,
    "people.Consent": OWN_ID,
    "people.Preference": OWN_ID,
    "people.TextStop": OWN_ID,
    "people.Session": OWN_ID,
    "people.Passkey": OWN_ID,
    "people.AuthorisedPerson": OWN_ID,
    "people.IdentityCheck": OWN_ID,
    "people.RecordCopy": OWN_ID,
    "people.RecordFetch": "t.copy_id IN (SELECT uuid FROM people_recordcopy WHERE customer_id = ANY(%(customers)s))",
    "auth.User": HOUSE,
    "offers.Offer": HOUSE,
    "network.Site": HOUSE,
    "network.Resource": HOUSE,
    "network.Line": OWN_ID,
    "network.Assignment": _LINE,
    "network.BuildOrder": _LINE,
    "network.Survey": HOUSE,
    "network.Difference": OWN,
    "visits.Technician": HOUSE,
    "visits.Area": HOUSE,
    "visits.WorkingHours": HOUSE,
    "visits.TimeOff": HOUSE,
    "visits.Need": OWN_ID,
    "visits.Visit": _NEED,
    "contracts.Contract": OWN_ID,
    "contracts.Equipment": OWN_ID,
    "contracts.TerminationRequest": OWN_ID,
    "contracts.RequestedEnd": _REQUEST,
    "contracts.Proof": _REQUEST,
    "channels.Entry": OWN,
    "channels.NoAnswerNeeded": _ENTRY,
    "channels.Mail": f"t.uuid IN {_MAIL}",
    "channels.DeliveryReport": f"t.message IN {_MESSAGE}",
    "channels.Verdict": HOUSE,
    "channels.Attachment": f"t.mail_id IN {_MAIL}",
    "channels.Message": OWN,
    "channels.TextPart": f"t.message IN {_MESSAGE}",
    "channels.LetterBatch": HOUSE,
    "channels.Printing": f"t.message_id IN {_MESSAGE}",
    "channels.Scan": _ENTRY,
    "channels.Enclosure": f"t.message IN {_MESSAGE}",
    "cases.Case": OWN_ID,
    "cases.Brought": "t.case_id IN (SELECT reference FROM cases_case WHERE customer_id = ANY(%(customers)s))",
    "cases.CaseEvent": "t.case_id IN (SELECT id FROM cases_case WHERE customer_id = ANY(%(customers)s))",
    "cases.CaseLink": OWN,
    "cases.Placement": _ENTRY,
    "cases.Question": OWN,
    "cases.Occasion": OWN_ID,
    "cases.Read": OWN_ID,
    "cases.AlarmNote": HOUSE,
    "cases.UnmatchedMail": HOUSE,
    "promises.Promise": OWN,
    "promises.SpokenPromise": OWN,
    "audit.Change": HOUSE,
    "facts.Fact": OWN,
    "facts.Payload": _FACT,
    "facts.Failure": _FACT,
    "flow.Journey": OWN,
    "flow.Step": OWN,
    "flow.Line": "t.journey_id IN (SELECT uuid FROM flow_journey WHERE customer = ANY(%(customers)s))",
    "voice.Utterance": OWN,
    "voice.Told": OWN,
    "voice.Outcome": OWN,
    "voice.Inspection": _FACT,
    "voice.ModeChange": HOUSE,
    "voice.Writing": HOUSE,
    "voice.Upload": HOUSE,
    "hooks.Subscription": HOUSE,
    "hooks.Posting": HOUSE,
    "voice.Review": OWN,
    "voice.StandardText": HOUSE,
    "voice.StandardTextVersion": HOUSE,
    "transfer.Origin": _ENTRY,
}
_STAFF = "staff: how those who work here handled it"
KEPT_BACK = {
    "people.MergeEvent": "others: names another number, which may prove to be somebody else's",
    "people.AuthorisedPerson": "others: who may speak for a customer stands in their space",
    "people.IdentityCheck": "others: who called for them, and how they proved who they are",
    "people.RecordCopy": "others: names the numbers of then, which may prove to be somebody else's",
    "network.Difference": _STAFF,
    "channels.NoAnswerNeeded": _STAFF,
    "channels.DeliveryReport": _STAFF,
    "channels.Printing": _STAFF,
    "cases.CaseEvent": _STAFF,
    "cases.CaseLink": _STAFF,
    "cases.Placement": _STAFF,
    "cases.Occasion": "staff: the list of readings has it, as the space shows it",
    "cases.Read": "staff: the list of readings has it, as the space shows it",
    "facts.Failure": _STAFF,
    "voice.Inspection": _STAFF,
    "voice.Review": _STAFF,
}
"""What is about a customer, and not in what they download themself: nobody reads that before they have it."""
_NOBODY_ELSES = (
    "t.{} NOT IN (SELECT uuid FROM channels_entry WHERE customer = ANY(%(customers)s) AND person_id IS NOT NULL)"
)
_NO_OTHER_NUMBERS = (
    "t.{} NOT IN (SELECT id FROM facts_fact WHERE customer = ANY(%(customers)s) AND kind LIKE 'people.customer_%%')"
)
ROWS_OF_THEIRS = {
    "channels.Entry": "t.person_id IS NULL",
    "channels.Mail": _NOBODY_ELSES.format("uuid"),
    "channels.Attachment": _NOBODY_ELSES.format("mail_id"),
    "channels.Scan": _NOBODY_ELSES.format("entry_id"),
    "promises.SpokenPromise": _NOBODY_ELSES.format("made_in"),
    "transfer.Origin": _NOBODY_ELSES.format("entry_id"),
    "facts.Fact": _NO_OTHER_NUMBERS.format("id"),
    "facts.Payload": _NO_OTHER_NUMBERS.format("fact_id"),
    "voice.Outcome": _NO_OTHER_NUMBERS.format("fact_id"),
}
"""Which rows they download: not what somebody said for them, nor the numbers of others."""
COLUMNS_OF_STAFF = {
    *("adviser", "adviser_id", "owner_id", "technician_id", "found_by_id", "by", "note", "decision_note"),
    *("person_id", "identity_check_id"),
}
"""Columns that they do not download, in whichever table; also all that end in `_by`."""
_KEY = "a key, or what recognises one"
HIDDEN = {
    "auth.User": {"password": _KEY},
    "people.Token": {"digest": _KEY},
    "people.Session": {"digest": _KEY},
    "people.Passkey": {"credential": _KEY, "public_key": _KEY, "uses": _KEY},
    "people.StaffKey": {"credential": _KEY, "public_key": _KEY, "uses": _KEY},
    "hooks.Subscription": {"seed": _KEY},
    "contracts.TerminationRequest": {"sender": "recognises an address that nobody told us"},
    "cases.Question": {"digest": "follows from the claims"},
    "voice.Utterance": {"digest": "follows from the facts"},
}
LEFT_OUT = {
    "network.Observation": "in hand: what the network saw last, until the next look",
    "people.OneTimeCode": "secret: codes",
    "people.CallCode": "secret: codes",
    "people.Challenge": "secret: what passkeys have to sign",
    "people.SecondFactor": "secret: seeds of apps and recovery codes",
    "people.StaffSession": "secret: sessions",
    "people.LoginTries": "in hand: forgotten after a while",
    "sessions.Session": "not used",
    "facts.Intake": "derived: the keys of facts, once more",
    "facts.Delivery": "in hand: whose news is looked at next",
    "flow.Timer": "derived: follows from plans",
    "channels.Lookout": "derived: how far was looked",
    "channels.Mailbox": "derived: how emptying a mailbox goes",
    "channels.StillWaiting": "derived: which entries wait",
    "channels.HeardPart": "in hand: parts of text messages, until they are together",
    "contracts.Draft": "in hand: forms that nobody has sent",
    "figures.Day": "derived: counted from the rest",
    "figures.Count": "derived: counted from the rest",
    "transfer.Run": "in hand: how far imports are",
    "auth.Permission": "not used",
    "auth.Group": "not used",
    "auth.Group_permissions": "not used",
    "auth.User_groups": "not used",
    "auth.User_user_permissions": "not used",
    "contenttypes.ContentType": "not used",
    "procrastinate.ProcrastinateWorker": "in hand: jobs",
    "procrastinate.ProcrastinateJob": "in hand: jobs",
    "procrastinate.ProcrastinateEvent": "in hand: jobs",
    "procrastinate.ProcrastinatePeriodicDefer": "in hand: jobs",
}
FILES = {
    "channels.Mail": ("place", "mail"),
    "channels.Attachment": ("place", "mail"),
    "channels.Scan": ("place", "mail"),
    "channels.Enclosure": ("place", "mail"),
    "channels.Message": ("file", "outbox"),
    "contracts.Proof": ("place", "documents"),
}
"""The column that says where a row's file lies, and in which folder."""
