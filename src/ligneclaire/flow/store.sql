-- name: heard
-- What is known of every subject of which there is news, or at which a plan wants to look again.
WITH claimed AS (
  SELECT customer, COALESCE(handled_to, '-infinity') AS handled_to, again_at, moving
  FROM facts_delivery WHERE key = ANY(%(keys)s::text[]) AND customer IS NOT NULL
), news AS (
  SELECT fact.*
  FROM claimed JOIN facts_fact AS fact ON fact.customer = claimed.customer
  WHERE fact.recorded_at > claimed.handled_to AND fact.recorded_at < %(until)s
), moving AS MATERIALIZED (
  SELECT customer, subject FROM news WHERE split_part(kind, '.', 1) = ANY(%(families)s)
  UNION
  SELECT journey.customer, journey.subject
  FROM claimed
  JOIN flow_timer AS timer ON timer.customer = claimed.customer AND timer.due_at < %(until)s
  JOIN flow_journey AS journey ON journey.uuid = timer.journey_id
  UNION
  -- A fact that was set aside and is tried again is not new, but not heard yet.
  SELECT customer, unnest(moving) FROM claimed WHERE again_at < %(until)s
  UNION
  SELECT target.customer, target.subject
  FROM news
  JOIN facts_payload AS payload ON payload.fact_id = news.id
  JOIN facts_fact AS target ON target.source = news.source AND target.source_id = payload.value ->> 'fact'
  WHERE news.kind = 'fact.withdrawn' AND target.customer = news.customer
), known AS (
  SELECT moving.customer AS holder, moving.subject AS about, fact.*
  FROM moving JOIN facts_fact AS fact ON fact.customer = moving.customer AND fact.subject = moving.subject
  WHERE split_part(fact.kind, '.', 1) = ANY(%(families)s)
), chosen AS (
  SELECT * FROM known
  UNION ALL
  SELECT moving.customer, moving.subject, fact.*
  FROM moving JOIN facts_fact AS fact ON fact.customer = moving.customer AND fact.subject <> moving.subject
  WHERE fact.kind = 'fact.withdrawn'
  UNION ALL
  -- What a source took back before it stated it, and without saying of whom.
  SELECT known.holder, known.about, withdrawal.*
  FROM facts_fact AS withdrawal
  JOIN facts_payload AS payload ON payload.fact_id = withdrawal.id
  JOIN known ON known.source = withdrawal.source AND known.source_id = payload.value ->> 'fact'
  WHERE withdrawal.kind = 'fact.withdrawn' AND withdrawal.customer IS NULL
)
SELECT chosen.holder, chosen.about, chosen.id, chosen.source, chosen.source_id, chosen.kind, payload.value,
       chosen.effective, chosen.at, chosen.recorded_at
FROM chosen
JOIN facts_payload AS payload ON payload.fact_id = chosen.id
LEFT JOIN facts_failure AS failure ON failure.fact_id = chosen.id
WHERE chosen.recorded_at < %(until)s
  AND failure.set_aside_at IS NULL
  AND chosen.id != ALL(%(without)s)
ORDER BY chosen.holder, chosen.about, chosen.at, chosen.source, chosen.source_id

-- name: next_timers
SELECT customer, min(due_at) FROM flow_timer WHERE customer = ANY(%(customers)s::text[]) GROUP BY customer
