-- name: facts
SELECT COALESCE(fact.customer, 'source:' || fact.source), fact.id, fact.source, fact.source_id, fact.kind, fact.subject,
       payload.value, fact.effective, fact.at, fact.recorded_at, outcome.fact_id IS NOT NULL
FROM facts_fact AS fact
JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN voice_outcome AS outcome ON outcome.fact_id = fact.id
LEFT JOIN facts_failure AS failure ON failure.fact_id = fact.id
WHERE (fact.customer = ANY(%(customers)s) OR fact.customer IS NULL AND fact.source = ANY(%(sources)s))
  AND fact.recorded_at < %(until)s
  AND failure.set_aside_at IS NULL
  AND (outcome.fact_id IS NULL OR fact.kind = ANY(%(kinds)s))
  AND fact.id != ALL(%(without)s)

-- name: told
SELECT utterance.customer, utterance.uuid, utterance.at, told.subject, told.key, told.value, told.effective
FROM voice_utterance AS utterance
JOIN voice_told AS told ON told.utterance_id = utterance.uuid
WHERE utterance.customer = ANY(%(customers)s) AND utterance.mode = ANY(%(modes)s)
ORDER BY utterance.at, utterance.subject, told.place
