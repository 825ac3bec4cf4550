"""The topics that the plans of leaving listen to and state, and the departments they count on."""

from __future__ import annotations

CUSTOMER_SERVICE, CONTRACTS, BILLING, EQUIPMENT = "customer-service", "contracts", "billing", "equipment"
THIRD_PARTY, EXCHANGE = "third-party-operators", "exchange"

REQUESTED, RENOUNCED, TAKEN_OVER = "termination.requested", "withdrawal.requested", "line.taken_over_by"
ENDS_ON, CLOSED = "contract.ends_on", "contract.closed"
FEE, FORMULA = "fees.early_termination", "fees.formula"
BILL_ON, BILLED = "closing_bill.date", "closing_bill.issued"
DEPOSIT, DEPOSIT_BY, ADVANCE, ADVANCE_BY = "refund.deposit", "refund.deposit_by", "refund.advance", "refund.advance_by"
REFUND, REFUND_BY, PAID = "refund.withdrawal", "refund.withdrawal_by", "refund.paid"
TO_RETURN, RETURN_BY, RETURN_HOW = "equipment.to_return", "equipment.return_by", "equipment.return_how"
RECEIVED, MISSING, CHARGED = "equipment.received", "equipment.missing", "equipment.charged"
PENALTY, NOTICE = "equipment.penalty", "equipment.formal_notice"
NOTICE_DAYS = "equipment.days_after_formal_notice"
NUMBER_KEPT, MAILBOX_KEPT = "number.kept_until", "mailbox.kept_until"

MESSAGE_SENT = "channels.message_sent"
ONLINE = "online"
LABEL = "prepaid label"
