-- name: hand_overs
SELECT fact.id, fact.customer, fact.subject, COALESCE(department.name, fact.source), fact.at, payload.value
FROM facts_fact AS fact
JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN people_department AS department ON department.code = fact.source
WHERE fact.customer = ANY(%(customers)s::text[]) AND fact.kind = 'equipment.received' AND fact.subject <> ''
  AND jsonb_typeof(payload.value) = 'array'  -- the voice may not have looked at it yet
  AND NOT EXISTS (
    SELECT FROM voice_outcome AS outcome
    WHERE outcome.fact_id = fact.id AND outcome."end" IN ('withdrawn', 'not understood')
  )
ORDER BY fact.at DESC, fact.id DESC
LIMIT %(limit)s
