-- name: intake
INSERT INTO facts_intake (source, source_id, digest)
SELECT DISTINCT ON (source, source_id) source, source_id, digest
FROM {stated}
ORDER BY source, source_id, place
ON CONFLICT (source, source_id) DO NOTHING
RETURNING source, source_id

-- name: known
SELECT intake.source, intake.source_id, intake.digest
FROM {stated}
JOIN facts_intake AS intake USING (source, source_id)
WHERE stated.place = ANY(%(places)s::int[])

-- name: mark
-- The row lock orders this transaction and the worker's: a fact is never recorded at an instant that is already decided.
INSERT INTO facts_delivery (key, customer, priority, due_at)
SELECT DISTINCT ON (key) key, customer, %(priority)s::smallint, %(now)s::timestamptz
FROM {stated}
WHERE place = ANY(%(places)s::int[])
ORDER BY key
ON CONFLICT (key) DO UPDATE
SET due_at = LEAST(
      facts_delivery.due_at, GREATEST(EXCLUDED.due_at, facts_delivery.handled_to + interval '1 microsecond')
    ),
    priority = LEAST(facts_delivery.priority, EXCLUDED.priority)

-- name: record
WITH fresh AS (
  SELECT nextval(pg_get_serial_sequence('facts_fact', 'id')) AS id, stated.*,
         GREATEST(%(now)s, delivery.handled_to + interval '1 microsecond') AS recorded_at
  FROM {stated}
  JOIN facts_delivery AS delivery USING (key)
  WHERE stated.place = ANY(%(places)s::int[])
  ORDER BY stated.place
), recorded AS (
  INSERT INTO facts_fact (id, source, source_id, kind, customer, subject, effective, at, recorded_at, by, request)
  SELECT id, source, source_id, kind, customer, subject, effective, at, recorded_at, %(by)s, %(request)s FROM fresh
), paid AS (
  INSERT INTO facts_payload (fact_id, value) SELECT id, value FROM fresh
)
-- Whoever subscribed is told: by a posting for each, of which those that are not held back get a job.
INSERT INTO hooks_posting (uuid, subscription_id, source, source_id, kind, subject, recorded_at, state, tries, answer)
SELECT gen_random_uuid(), wanted.id, fresh.source, fresh.source_id, fresh.kind, '', fresh.recorded_at,
       CASE WHEN wanted.paused_at IS NULL THEN 'waiting' ELSE 'held' END, 0, ''
FROM hooks_subscription AS wanted
JOIN fresh ON EXISTS (
  SELECT FROM unnest(wanted.kinds) AS given (kind)
  WHERE given.kind IN ('*', fresh.kind)
     OR right(given.kind, 2) = '.*' AND starts_with(fresh.kind, left(given.kind, -1))
)
ORDER BY fresh.place, wanted.id
RETURNING uuid, subscription_id, state

-- name: stated
SELECT fact.source, fact.source_id, fact.kind, fact.customer, fact.subject, payload.value, fact.effective, fact.at
FROM unnest(%(source)s::text[], %(source_id)s::text[]) AS asked (source, source_id)
JOIN facts_fact AS fact USING (source, source_id)
JOIN facts_payload AS payload ON payload.fact_id = fact.id

-- name: know
-- Whoever never had news gets a row, so that there is something to hold.
INSERT INTO facts_delivery (key, customer, priority)
SELECT key, CASE WHEN key NOT LIKE 'source:%%' THEN key END, 0 FROM unnest(%(keys)s::text[]) AS key ORDER BY key
ON CONFLICT (key) DO NOTHING

-- name: hold
SELECT key FROM facts_delivery WHERE key = ANY(%(keys)s::text[]) ORDER BY key FOR UPDATE

-- name: wake_all
-- Rows are taken in the order of their keys, as everybody else takes them.
UPDATE facts_delivery AS delivery
SET due_at = LEAST(delivery.due_at, woken.at), again_at = LEAST(delivery.again_at, woken.at)
FROM (
  SELECT key, GREATEST(%(at)s, handled_to + interval '1 microsecond') AS at
  FROM facts_delivery
  WHERE again_at > %(at)s OR moving IS NOT NULL
  ORDER BY key
  FOR UPDATE
) AS woken
WHERE delivery.key = woken.key
