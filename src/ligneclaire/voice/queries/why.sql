-- name: facts
-- What was known, when a message was decided, of its topics, and what it rests on besides; with the last news of
-- its matter.
SELECT fact.id, fact.source || '/' || fact.source_id, fact.kind,
       COALESCE(adviser.name, department.name, fact.source), payload.value, fact.effective, fact.at, fact.recorded_at,
       COALESCE(outcome."end", 'waiting'), COALESCE(outcome.reason, ''), fact.id = ANY(%(facts)s::bigint[]),
       (SELECT max(recorded_at) FROM facts_fact
        WHERE customer = %(customer)s AND subject = %(subject)s AND kind = ANY(%(topics)s::text[]) AND recorded_at <= %(at)s)
FROM facts_fact AS fact
JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN voice_outcome AS outcome ON outcome.fact_id = fact.id
LEFT JOIN people_adviser AS adviser ON 'adviser:' || adviser.number = fact.by
LEFT JOIN people_department AS department ON department.code = fact.source
WHERE fact.customer = %(customer)s AND fact.recorded_at <= %(at)s
  AND (fact.subject = %(subject)s AND fact.kind = ANY(%(keys)s::text[]) OR fact.id = ANY(%(facts)s::bigint[]))
ORDER BY fact.recorded_at, fact.at, fact.source, fact.source_id
