-- name: of_customer
SELECT fact.id, fact.source, fact.source_id, fact.kind, fact.subject, payload.value, fact.at, fact.recorded_at,
       COALESCE(outcome."end", 'waiting'), COALESCE(outcome.reason, ''), outcome.utterance_id,
       by_fact.source || '/' || by_fact.source_id
FROM facts_fact AS fact
JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN voice_outcome AS outcome ON outcome.fact_id = fact.id
LEFT JOIN facts_fact AS by_fact ON by_fact.id = outcome.by_fact_id
WHERE fact.customer = %(customer)s
ORDER BY fact.recorded_at DESC, fact.at DESC, fact.source DESC, fact.source_id DESC
LIMIT %(newest)s

-- name: of_nobody
SELECT fact.id, fact.source, fact.source_id, fact.kind, fact.subject, payload.value, fact.at, fact.recorded_at,
       COALESCE(outcome."end", 'waiting'), COALESCE(outcome.reason, ''), outcome.utterance_id,
       by_fact.source || '/' || by_fact.source_id
FROM facts_fact AS fact
JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN voice_outcome AS outcome ON outcome.fact_id = fact.id
LEFT JOIN facts_fact AS by_fact ON by_fact.id = outcome.by_fact_id
WHERE fact.customer IS NULL
ORDER BY fact.recorded_at DESC, fact.at DESC, fact.source DESC, fact.source_id DESC
LIMIT %(newest)s

-- name: not_understood
SELECT fact.id, fact.source, fact.source_id, fact.kind, fact.subject, payload.value, fact.at, fact.recorded_at,
       outcome."end", outcome.reason, outcome.utterance_id, NULL
FROM voice_outcome AS outcome
JOIN facts_fact AS fact ON fact.id = outcome.fact_id
JOIN facts_payload AS payload ON payload.fact_id = fact.id
WHERE outcome."end" = 'not understood'
ORDER BY outcome.at DESC, fact.id DESC
LIMIT %(limit)s
