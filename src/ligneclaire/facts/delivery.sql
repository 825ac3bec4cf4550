-- name: claim
SELECT key, customer, handled_to, again_at, moving
FROM facts_delivery
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
ORDER BY fact.recorded_at DESC, fact.id DESC
LIMIT 50

-- name: next_due
SELECT min(due_at) FROM facts_delivery

-- name: claims
SELECT key, customer, handled_to, again_at, moving FROM facts_delivery WHERE key = ANY(%(keys)s::text[])

-- name: lag
SELECT count(*), min(due_at) FROM facts_delivery WHERE due_at < %(until)s

-- name: soonest
SELECT key, customer, handled_to, again_at, moving
FROM facts_delivery
WHERE due_at IS NOT NULL AND customer IS NOT NULL
ORDER BY priority, due_at, key
LIMIT %(limit)s
