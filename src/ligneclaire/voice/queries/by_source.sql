-- name: newest
-- Numbers of facts follow the order in which they were recorded.
WITH newest AS (
  SELECT * FROM facts_fact
  WHERE source = %(source)s AND (%(fact)s::bigint IS NULL OR id = %(fact)s)
    AND (%(source_id)s::text IS NULL OR source_id = %(source_id)s)
  ORDER BY id DESC
  LIMIT %(limit)s
)
SELECT fact.id, fact.source_id, fact.kind, COALESCE(fact.customer, '') AS customer, fact.subject, payload.value, fact.effective, fact.at,
       fact.recorded_at, fact.by,
       COALESCE(outcome."end", CASE WHEN failure.fact_id IS NULL THEN 'waiting' ELSE 'set aside' END) AS "end",
       COALESCE(outcome.reason, '') AS reason,
       EXISTS (
         SELECT FROM facts_fact AS withdrawal
         JOIN facts_payload AS taken_back ON taken_back.fact_id = withdrawal.id
         WHERE withdrawal.kind = 'fact.withdrawn' AND withdrawal.source = fact.source
           AND withdrawal.customer = fact.customer AND taken_back.value ->> 'fact' = fact.source_id
       ) AS is_taken_back
FROM newest AS fact
JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN voice_outcome AS outcome ON outcome.fact_id = fact.id
LEFT JOIN facts_failure AS failure ON failure.fact_id = fact.id AND failure.set_aside_at IS NOT NULL
ORDER BY fact.id DESC
