-- name: facts
-- A subject moves when something of it waits, or news of it has arrived, or news that withdraws a fact of it.
-- OFFSET 0 keeps a lookup by index for each customer, where fresh statistics would be needed to choose it.
WITH claimed AS (
  SELECT key, customer, COALESCE(handled_to, '-infinity') AS handled_to, moving
  FROM facts_delivery WHERE key = ANY(%(keys)s::text[])
), news AS (
  SELECT claimed.key, fact.*
  FROM claimed CROSS JOIN LATERAL (
    SELECT * FROM facts_fact
    WHERE customer = claimed.customer AND recorded_at > claimed.handled_to AND recorded_at < %(until)s
    OFFSET 0
  ) AS fact
), moving AS MATERIALIZED (
  SELECT key, customer, unnest(moving) AS subject FROM claimed
  UNION
  SELECT key, customer, subject FROM news
  UNION
  SELECT news.key, target.customer, target.subject
  FROM news
  JOIN facts_payload AS payload ON payload.fact_id = news.id
  JOIN facts_fact AS target ON target.source = news.source AND target.source_id = payload.value ->> 'fact'
  WHERE news.kind = 'fact.withdrawn' AND target.customer = news.customer
), known AS (
  SELECT moving.key, true AS moving, fact.*
  FROM moving CROSS JOIN LATERAL (
    SELECT * FROM facts_fact WHERE customer = moving.customer AND subject = moving.subject OFFSET 0
  ) AS fact
  UNION ALL
  SELECT claimed.key, false, fact.*
  FROM claimed CROSS JOIN LATERAL (
    SELECT * FROM facts_fact WHERE customer = claimed.customer AND kind = ANY(%(always)s) OFFSET 0
  ) AS fact
  WHERE NOT EXISTS (SELECT FROM moving WHERE moving.customer = fact.customer AND moving.subject = fact.subject)
  UNION ALL
  SELECT claimed.key, true, fact.*
  FROM claimed JOIN facts_fact AS fact ON fact.customer IS NULL AND 'source:' || fact.source = claimed.key
  WHERE claimed.customer IS NULL AND fact.recorded_at > claimed.handled_to
  UNION ALL
  SELECT claimed.key, true, fact.*
  FROM facts_failure AS failure
  JOIN facts_fact AS fact ON fact.id = failure.fact_id
  JOIN claimed ON claimed.customer IS NULL AND 'source:' || fact.source = claimed.key
  WHERE failure.set_aside_at IS NULL AND fact.customer IS NULL AND fact.recorded_at <= claimed.handled_to
), chosen AS (
  SELECT *, false AS has_ended FROM known
  UNION ALL
  -- What a source took back before it stated it, and without saying of whom: that ended on its own.
  SELECT known.key, false, withdrawal.*, true
  FROM facts_fact AS withdrawal
  JOIN facts_payload AS payload ON payload.fact_id = withdrawal.id
  JOIN known ON known.source = withdrawal.source AND known.source_id = payload.value ->> 'fact'
  WHERE withdrawal.kind = 'fact.withdrawn' AND withdrawal.customer IS NULL AND known.customer IS NOT NULL
)
SELECT chosen.key, chosen.moving, chosen.id, chosen.source, chosen.source_id, chosen.kind, chosen.subject, payload.value,
       chosen.effective, chosen.at, chosen.recorded_at, chosen.has_ended OR outcome.fact_id IS NOT NULL
FROM chosen
JOIN facts_payload AS payload ON payload.fact_id = chosen.id
LEFT JOIN voice_outcome AS outcome ON outcome.fact_id = chosen.id
LEFT JOIN facts_failure AS failure ON failure.fact_id = chosen.id
WHERE chosen.recorded_at < %(until)s
  AND failure.set_aside_at IS NULL
  AND (outcome.fact_id IS NULL OR chosen.kind = ANY(%(kinds)s))
  AND chosen.id != ALL(%(without)s)

-- name: told
SELECT utterance.customer, utterance.uuid, utterance.at, told.subject, told.key, told.value, told.effective,
       utterance.mode = 'shadow'
FROM unnest(%(customers)s::text[], %(subjects)s::text[]) AS moving (customer, subject)
JOIN voice_told AS told USING (customer, subject)
JOIN voice_utterance AS utterance ON utterance.uuid = told.utterance_id
ORDER BY utterance.at, utterance.subject, told.place
