-- name: intake
INSERT INTO facts_intake (source, source_id, digest)
SELECT source, source_id, digest
FROM unnest(%(source)s::text[], %(source_id)s::text[], %(digest)s::bytea[]) AS stated (source, source_id, digest)
ORDER BY source, source_id
ON CONFLICT (source, source_id) DO NOTHING
RETURNING source, source_id

-- name: known
SELECT intake.source, intake.source_id, intake.digest
FROM unnest(%(source)s::text[], %(source_id)s::text[]) AS stated (source, source_id)
JOIN facts_intake AS intake USING (source, source_id)

-- name: mark
-- The row lock orders this transaction and the worker's: a fact is never recorded at an instant that is already decided.
INSERT INTO facts_delivery (key, customer, priority, due_at)
SELECT key, customer, %(priority)s, due_at
FROM unnest(%(key)s::text[], %(customer)s::text[], %(due_at)s::timestamptz[]) AS news (key, customer, due_at)
ORDER BY key
ON CONFLICT (key) DO UPDATE
SET due_at = LEAST(
      facts_delivery.due_at, GREATEST(EXCLUDED.due_at, facts_delivery.handled_to + interval '1 microsecond')
    ),
    priority = LEAST(facts_delivery.priority, EXCLUDED.priority)
RETURNING key, handled_to

-- name: record
WITH stated AS (
  SELECT *
  FROM unnest(
    %(uuid)s::uuid[], %(source)s::text[], %(source_id)s::text[], %(kind)s::text[], %(customer)s::text[],
    %(subject)s::text[], %(effective)s::date[], %(at)s::timestamptz[], %(recorded_at)s::timestamptz[], %(value)s::jsonb[]
  ) AS stated (uuid, source, source_id, kind, customer, subject, effective, at, recorded_at, value)
), recorded AS (
  INSERT INTO facts_fact (uuid, source, source_id, kind, customer, subject, effective, at, recorded_at, by, request)
  SELECT uuid, source, source_id, kind, customer, subject, effective, at, recorded_at, %(by)s, %(request)s FROM stated
  RETURNING id, uuid
)
INSERT INTO facts_payload (fact_id, value) SELECT recorded.id, stated.value FROM recorded JOIN stated USING (uuid)

-- name: hold
SELECT key FROM facts_delivery WHERE key = ANY(%(keys)s::text[]) ORDER BY key FOR UPDATE

-- name: wake_all
UPDATE facts_delivery SET due_at = %(at)s, again_at = %(at)s WHERE again_at > %(at)s
