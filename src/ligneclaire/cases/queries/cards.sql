-- name: file
-- The cases under the numbers of a person, each with the contradictions that were put to its owner.
SELECT named.reference, named.customer_id, named.subject, named.kind, named.owner_id, owner.name, named.state,
       named.opened_at, named.snoozed_until, COALESCE(named.merged_into_id, ''), named.survivor_id,
       ARRAY(
         SELECT json_build_object(
           'id', question.id, 'customer', question.customer, 'customer_name', person.name, 'subject', question.subject,
           'key', question.key, 'claims', question.claims, 'owner', handling.owner_id, 'owner_name', handler.name,
           'reference', named.survivor_id, 'asked_at', question.asked_at, 'state', question.state,
           'chosen', question.chosen, 'reason', question.reason, 'settled_by', question.settled_by,
           'settled_by_name', COALESCE(settler.name, question.settled_by), 'closed_at', question.closed_at
         )
         FROM cases_question AS question
         LEFT JOIN people_adviser AS settler ON 'adviser:' || settler.number = question.settled_by
         WHERE question.case_id = named.id
       )
FROM cases_case AS named
JOIN people_adviser AS owner ON owner.number = named.owner_id
JOIN people_customer AS customer ON customer.number = named.customer_id
JOIN people_customer AS person ON person.number = customer.survivor_id
JOIN cases_case AS handling ON handling.reference = named.survivor_id
JOIN people_adviser AS handler ON handler.number = handling.owner_id
WHERE named.customer_id = ANY(%(customers)s::text[])
ORDER BY named.opened_at DESC, named.id DESC
