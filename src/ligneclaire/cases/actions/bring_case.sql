-- name: alone
-- Who brings the same at the same time waits here, and then finds it. As `facts.record.hold`, in the same round trip: who
-- never had news gets a row to hold.
SELECT pg_advisory_xact_lock(hashtextextended(%(department)s || '/' || %(name)s, 0));
INSERT INTO facts_delivery (key, customer, priority) VALUES (%(customer)s, %(customer)s, 0) ON CONFLICT (key) DO NOTHING;
SELECT key FROM facts_delivery WHERE key = %(customer)s FOR UPDATE

-- name: look
-- The adviser of whoever is meant by the number.
SELECT adviser.number, adviser.name, brought.case_id, taken.reference
FROM (SELECT) AS nothing
LEFT JOIN people_meant AS customer ON customer.number = %(customer)s
LEFT JOIN people_adviser AS adviser ON adviser.number = customer.adviser_id
LEFT JOIN cases_brought AS brought ON brought.department_id = %(department)s AND brought.name = %(name)s
LEFT JOIN cases_case AS taken ON taken.reference = %(reference)s

-- name: bring
WITH opened AS (
  INSERT INTO cases_case (reference, survivor_id, level, customer_id, subject, kind, owner_id, state, opened_at)
  VALUES (%(reference)s, %(reference)s, 0, %(customer)s, %(subject)s, 'conversation', %(owner)s, 'open', %(at)s)
), said AS (
  INSERT INTO channels_entry (uuid, customer, "case", medium, direction, text, happened_at, recorded_at, recorded_by)
  VALUES (%(entry)s, %(customer)s, %(reference)s, %(medium)s, 'in', %(text)s, %(at)s, %(at)s, %(by)s)
)
INSERT INTO cases_brought (case_id, department_id, name, kind, severity, title, entry_id)
VALUES (%(reference)s, %(department)s, %(name)s, %(kind)s, %(severity)s, %(title)s, %(entry)s)
