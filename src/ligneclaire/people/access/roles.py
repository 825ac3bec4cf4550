"""Each role with a sentence that a manager understands, and all that it may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ligneclaire.kernel.actor import Actor, ActorKind
from ligneclaire.kernel.refusal import Refused
from ligneclaire.people.models import Login


class NotAllowed(Refused):
    """Nobody in this role may do this."""


class Right(StrEnum):
    """What somebody may do; the sentence below each stands in the reference too."""

    SEE_WORK = "see work"
    """See what waits for a person: questions, late steps, promises, messages that did not arrive."""
    MEND = "mend"
    """Tick off facts that went wrong or try them again, send again what was not delivered."""
    FIND_CUSTOMERS = "find customers"
    """Look for a customer by name, number, address or words."""
    READ_RECORDS = "read records"
    """Open a customer's record with a matter in hand or saying what brings them; every reading is logged."""
    REVEAL_CODES = "reveal codes"
    """See a masked code, account or card of a customer in full; each time is logged, and the customer sees it."""
    SETTLE = "settle"
    """Say which of two contradicting statements is true, and why."""
    LOG_CONTACTS = "log contacts"
    """Write down calls, visits and letters, with what was promised."""
    AUTHORISE = "authorise"
    """Say who may speak for a customer and what they may know, and withdraw it."""
    NOTE_WISHES = "note wishes"
    """Write down by which way a customer wants to be written to."""
    WRITE = "write"
    """Write to a customer through the voice, and take it back while that is possible."""
    APPROVE = "approve"
    """Let a colleague's message leave that waits for a second look, or send it back with a reason; never one's own."""
    HANDLE_CASES = "handle cases"
    """Hand a case over, let it rest until a day, close it, open it again, link, merge and split it."""
    MERGE_CUSTOMERS = "merge customers"
    """Say that two numbers are of one person, and take it back; both with a reason."""
    DECIDE_REQUESTS = "decide requests"
    """Match, refuse or decide what customers asked for in their space."""
    PLACE_MAILS = "place mails"
    """Say whose an e-mail is that could not be placed, or set it aside."""
    HANDLE_PAPER = "handle paper"
    """Take in scans and letters that came back, confirm addresses, look at batches of letters, have them reprinted."""
    SET_MODE = "set mode"
    """Stop the voice or let it speak again, and say why."""
    OWN_ACCOUNT = "own account"
    """Look after one's own passkeys, recovery codes and sessions."""
    STATE_FACTS = "state facts"
    """State, change and withdraw facts of one's own department, one by one or many in a file."""
    RELAY = "relay"
    """State in the name of a department what it answered about a step of a plan; who wrote it down is kept."""
    KEEP_TEXTS = "keep texts"
    """Keep the standard texts with which advisers write: word them, archive them, bring them back."""
    PLAN_ABSENCE = "plan absence"
    """Say on which days one is away oneself, change it, and be back earlier."""
    PLAN_TEAM = "plan team"
    """Plan absences of anybody, also sudden ones, and say who stands in for whom and who is on duty."""
    SEE_CHANGES = "see changes"
    """See who changed settings and what somebody may do, when, and from what to what."""
    MANAGE_HOOKS = "manage hooks"
    """Look at what other systems are told, pause and resume it, and have it sent again."""
    BRING_CASES = "bring cases"
    """Bring cases of customers with their first message, and add to those that one's department brought."""
    OVERSEE = "oversee"
    """Look at the figures of the house and at alarms about readings, and say what came of them."""
    SEE_VISITS = "see visits"
    """See a visit to a customer: a technician their own, with what it takes; others as a reading of the record."""
    MAKE_VISITS = "make visits"
    """Set out for one's own visits, close them with what is in use now, say that they did not take place."""
    OWN_SPACE = "own space"
    """Read what we told, hold and logged about oneself, answer, ask, and end one's own contracts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A name, what it is for, and its rights: all others are refused."""

    name: str
    says: str
    rights: frozenset[Right]

    def may(self, right: Right) -> bool:
        """Whether this role may do this."""
        return right in self.rights


NOBODY = Role(
    name="nobody",
    says="Somebody we do not know, or an account that is nobody's: the public pages and the ways to sign in.",
    rights=frozenset(),
)
CUSTOMER = Role(
    name="customer",
    says="A customer sees and decides everything of their own in the space, and nothing of anybody else.",
    rights=frozenset({Right.OWN_SPACE}),
)
CLERK = Role(
    name="clerk",
    says="A clerk states facts for one department by hand; they see its facts and no customer.",
    rights=frozenset({Right.STATE_FACTS}),
)
ADVISER = Role(
    name="adviser",
    says="An adviser answers for customers: sees and does everything at the desk that serves them, and leaves a trace.",
    rights=frozenset(
        {
            Right.SEE_WORK,
            Right.MEND,
            Right.FIND_CUSTOMERS,
            Right.READ_RECORDS,
            Right.REVEAL_CODES,
            Right.SETTLE,
            Right.LOG_CONTACTS,
            Right.AUTHORISE,
            Right.NOTE_WISHES,
            Right.WRITE,
            Right.APPROVE,
            Right.HANDLE_CASES,
            Right.MERGE_CUSTOMERS,
            Right.DECIDE_REQUESTS,
            Right.PLACE_MAILS,
            Right.HANDLE_PAPER,
            Right.SET_MODE,
            Right.RELAY,
            Right.OWN_ACCOUNT,
            Right.PLAN_ABSENCE,
            Right.SEE_VISITS,
        }
    ),
)
TECHNICIAN = Role(
    name="technician",
    says="A technician sees the visits of their own days, of each what the work needs and no more of the customer, and "
    "closes them.",
    rights=frozenset({Right.SEE_VISITS, Right.MAKE_VISITS, Right.OWN_ACCOUNT}),
)
TRAINEE = Role(
    name="adviser in training",
    says="An adviser in training is an adviser whose messages wait for a colleague's look, and who approves nobody's.",
    rights=ADVISER.rights - {Right.APPROVE},
)
SUPERVISOR = Role(
    name="supervisor",
    says="A supervisor is an adviser who also looks after the others: who is there, how all does, who changed what, "
    "what is written often.",
    rights=ADVISER.rights | {Right.OVERSEE, Right.KEEP_TEXTS, Right.PLAN_TEAM, Right.SEE_CHANGES, Right.MANAGE_HOOKS},
)
DEPARTMENT = Role(
    name="department",
    says="The systems of a department state its facts and bring cases by the API, as far as their token lets them.",
    rights=frozenset({Right.STATE_FACTS, Right.BRING_CASES}),
)
IT = Role(
    name="IT",
    says="The operator's IT installs, imports, gives logins and tokens and watches, on the command line; no page.",
    rights=frozenset(Right),
)
ROLES = (NOBODY, CUSTOMER, CLERK, TECHNICIAN, TRAINEE, ADVISER, SUPERVISOR, DEPARTMENT, IT)

OF_KIND = {
    ActorKind.CUSTOMER: CUSTOMER,
    ActorKind.CLERK: CLERK,
    ActorKind.DEPARTMENT: DEPARTMENT,
    ActorKind.SYSTEM: IT,
}


def refuse_unless(by: Actor, may: Right) -> None:
    """Refuse, whatever door let them in, what somebody in this role may not do."""
    if not _role(by).may(may):
        raise NotAllowed(by=by, right=may)


def refuse_unless_own(by: Actor, adviser: str, *, own: Right, others: Right) -> None:
    """Refuse what an adviser may do about themself, and only somebody with more rights about others."""
    is_own = by.kind is ActorKind.ADVISER and by.number == adviser
    refuse_unless(by, may=own if is_own else others)


def role_of(login: Login) -> Role:
    """In which role an account opens the desk."""
    if login.adviser_id is None:
        return CLERK
    if login.is_supervisor:
        return SUPERVISOR
    if login.is_technician:
        return TECHNICIAN
    return TRAINEE if login.is_in_training else ADVISER


def _role(by: Actor) -> Role:
    """The role somebody has now: advisers are named by kind, so that what they did reads the same ever after."""
    if by.kind is not ActorKind.ADVISER:
        return OF_KIND[by.kind]
    login = Login.objects.filter(adviser__number=by.number, user__is_active=True).first()
    return role_of(login) if login else ADVISER
