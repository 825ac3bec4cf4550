-- name: troubles
WITH not_understood AS (
  SELECT fact_id, at, 'not understood' AS what, reason, NULL AS owner
  FROM voice_outcome
  WHERE "end" = 'not understood'
    AND NOT EXISTS (
      SELECT FROM voice_inspection AS done WHERE done.fact_id = voice_outcome.fact_id AND done.deed = 'ticked off'
    )
  ORDER BY at DESC, fact_id DESC
  LIMIT %(limit)s + %(skip)s
), troubles AS (
  SELECT * FROM not_understood
  UNION ALL
  SELECT fact_id, set_aside_at, 'set aside', reason, owner FROM facts_failure WHERE set_aside_at IS NOT NULL
  ORDER BY at DESC, fact_id DESC
  LIMIT %(limit)s OFFSET %(skip)s
)
SELECT fact.id, fact.source || '/' || fact.source_id, COALESCE(department.name, fact.source), fact.kind, fact.customer, COALESCE(customer.name, ''),
       fact.recorded_at, troubles.what, troubles.reason, payload.value,
       COALESCE(adviser.name, (SELECT name FROM people_adviser ORDER BY number LIMIT 1))
FROM troubles
JOIN facts_fact AS fact ON fact.id = troubles.fact_id
JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN people_department AS department ON department.code = fact.source
LEFT JOIN people_meant AS customer ON customer.number = fact.customer
LEFT JOIN people_adviser AS adviser ON adviser.number = COALESCE(troubles.owner, customer.adviser_id)
ORDER BY troubles.at DESC, troubles.fact_id DESC

-- name: inspected
SELECT fact.source || '/' || fact.source_id, fact.kind, fact.customer, inspection.deed, inspection.note,
       COALESCE(adviser.name, inspection.by), inspection.at
FROM voice_inspection AS inspection
JOIN facts_fact AS fact ON fact.id = inspection.fact_id
LEFT JOIN people_adviser AS adviser ON 'adviser:' || adviser.number = inspection.by
ORDER BY inspection.at DESC, inspection.id DESC
LIMIT %(limit)s
