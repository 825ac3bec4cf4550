-- name: claim
SELECT key, customer, handled_to, again_at, moving,
       customer IS NULL OR handled_to IS NULL OR EXISTS (
         SELECT FROM facts_fact AS fact
         WHERE fact.customer = delivery.customer AND fact.recorded_at > handled_to AND fact.recorded_at < %(until)s
       )
FROM facts_delivery AS delivery
WHERE due_at < %(until)s
ORDER BY priority, due_at, key
LIMIT %(limit)s
FOR UPDATE SKIP LOCKED

-- name: close
-- News may have come in since the delivery looked at the clock: it is due at its own instant.
UPDATE facts_delivery AS delivery
SET due_at = LEAST(
      handled.again_at,
      handled.wake_at,
      (SELECT min(recorded_at) FROM facts_fact WHERE customer = delivery.customer AND recorded_at > %(handled_to)s),
      (SELECT min(recorded_at) FROM facts_fact
       WHERE delivery.customer IS NULL AND customer IS NULL AND 'source:' || source = delivery.key
         AND recorded_at > %(handled_to)s)
    ),
    again_at = handled.again_at, handled_to = %(handled_to)s, priority = 0,
    moving = string_to_array(NULLIF(handled.moving, ''), E'\n')
FROM unnest(%(key)s::text[], %(again_at)s::timestamptz[], %(wake_at)s::timestamptz[], %(moving)s::text[])
     AS handled (key, again_at, wake_at, moving)
WHERE delivery.key = handled.key

-- name: retry
UPDATE facts_delivery SET due_at = %(due_at)s WHERE key = %(key)s

-- name: suspects
SELECT fact.id
FROM facts_fact AS fact
LEFT JOIN facts_failure AS failure ON failure.fact_id = fact.id
WHERE (fact.customer = %(customer)s OR %(customer)s::text IS NULL AND fact.customer IS NULL AND 'source:' || fact.source = %(key)s)
  AND fact.recorded_at < %(until)s
  AND failure.set_aside_at IS NULL
ORDER BY failure.fact_id IS NULL, fact.recorded_at DESC, fact.id DESC
LIMIT 50

-- name: key_of
SELECT COALESCE(customer, 'source:' || source) FROM facts_fact WHERE id = %(fact)s

-- name: release
-- The subject moves again, so that the next look at the key sees the fact although it is old.
WITH released AS (
  UPDATE facts_failure SET set_aside_at = NULL, attempts = 0
  WHERE fact_id = %(fact)s AND set_aside_at IS NOT NULL
  RETURNING fact_id
)
UPDATE facts_delivery AS delivery
SET due_at = LEAST(delivery.due_at, woken.at), again_at = LEAST(delivery.again_at, woken.at),
    moving = array_append(array_remove(delivery.moving, fact.subject), fact.subject)
FROM released
JOIN facts_fact AS fact ON fact.id = released.fact_id
CROSS JOIN LATERAL (
  SELECT GREATEST(%(at)s, handled_to + interval '1 microsecond') AS at FROM facts_delivery WHERE key = %(key)s
) AS woken
WHERE delivery.key = %(key)s

-- name: next_due
SELECT min(due_at) FROM facts_delivery

-- name: claims
SELECT key, customer, handled_to, again_at, moving FROM facts_delivery WHERE key = ANY(%(keys)s::text[])

-- name: lag
SELECT count(*), min(due_at) FROM facts_delivery WHERE due_at < %(until)s

-- name: soonest
SELECT key, customer, handled_to, again_at, moving
FROM facts_delivery
WHERE due_at IS NOT NULL AND customer IS NOT NULL AND (again_at IS NOT NULL OR handled_to IS NULL) -- not a plan's timer
ORDER BY priority, due_at, key
LIMIT %(limit)s OFFSET %(skip)s
