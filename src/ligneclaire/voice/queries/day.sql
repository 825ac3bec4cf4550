-- name: answered
-- For whom an adviser answers: themselves, and those who are away and for whom they stand in.
answered (number) AS (SELECT unnest(%(answered)s::text[]))

-- name: cuts_found
SELECT journey.id, customer.adviser_id IN (TABLE answered) AS is_mine, extract(epoch FROM cut.at) AS rank
FROM flow_journey AS journey
JOIN facts_fact AS cut
  ON cut.customer = journey.customer AND cut.subject = journey.subject AND cut.kind = 'line.cut'
  AND cut.source || '/' || cut.source_id = journey.trigger
JOIN people_meant AS customer ON customer.number = journey.customer
WHERE journey.kind = 'fix_fault' AND journey.state = 'running'

-- name: cuts_shown
SELECT journey.customer, customer.name AS customer_name, journey.uuid AS plan, journey.subject,
       journey.started_at AS cut_at, step.expected_on, adviser.name AS owner_name
FROM chosen
JOIN flow_journey AS journey USING (id)
JOIN people_meant AS customer ON customer.number = journey.customer
JOIN people_adviser AS adviser ON adviser.number = customer.adviser_id
LEFT JOIN flow_step AS step ON step.journey_id = journey.uuid AND step.name = 'restore'

-- name: callbacks_found
SELECT id, owner_id IN (TABLE answered) AS is_mine, extract(epoch FROM due_on + due_time) AS rank
FROM promises_spokenpromise
WHERE state = 'open' AND due_on <= %(today)s AND due_time IS NOT NULL

-- name: promises_found
SELECT id, owner_id IN (TABLE answered) AS is_mine, extract(epoch FROM due_on) AS rank
FROM promises_spokenpromise
WHERE state = 'open' AND due_on <= %(today)s AND due_time IS NULL

-- name: promises_shown
SELECT promise.uuid, promise.customer, customer.name AS customer_name, promise.text, promise.due_on,
       promise.due_time AS at_time, owner.name AS owner_name
FROM chosen
JOIN promises_spokenpromise AS promise USING (id)
JOIN people_meant AS customer ON customer.number = promise.customer
JOIN people_adviser AS owner ON owner.number = promise.owner_id

-- name: told_found
SELECT promise.id, customer.adviser_id IN (TABLE answered) AS is_mine, extract(epoch FROM promise.due_on) AS rank
FROM promises_promise AS promise
JOIN people_meant AS customer ON customer.number = promise.customer
WHERE promise.state IN ('open', 'unconfirmed') AND promise.due_on <= %(soon)s

-- name: told_shown
SELECT promise.customer, customer.name AS customer_name, promise.key, promise.matter, promise.due_on, promise.state,
       adviser.name AS owner_name
FROM chosen
JOIN promises_promise AS promise USING (id)
JOIN people_meant AS customer ON customer.number = promise.customer
JOIN people_adviser AS adviser ON adviser.number = customer.adviser_id

-- name: questions_found
SELECT question.id, matter.owner_id IN (TABLE answered) AS is_mine, extract(epoch FROM question.asked_at) AS rank
FROM cases_question AS question
JOIN cases_case AS named ON named.id = question.case_id
JOIN cases_case AS matter ON matter.reference = named.survivor_id
WHERE question.state = 'open'

-- name: questions_shown
SELECT question.customer, customer.name AS customer_name, question.key, question.claims, question.asked_at,
       owner.name AS owner_name
FROM chosen
JOIN cases_question AS question USING (id)
JOIN cases_case AS named ON named.id = question.case_id
JOIN cases_case AS matter ON matter.reference = named.survivor_id
JOIN people_meant AS customer ON customer.number = question.customer
JOIN people_adviser AS owner ON owner.number = matter.owner_id

-- name: entries_found
-- Those that were found to wait, those that came since, and those whose answer was taken back since: no others can wait.
-- OFFSET and LIMIT keep lookups by index for each, where fresh statistics would be needed to choose them; so does ORDER BY:
-- how few came since, no statistics say, and without it all that ever came is read.
SELECT entry.id, customer.adviser_id IN (TABLE answered) AS is_mine, extract(epoch FROM entry.recorded_at) AS rank
FROM (
  SELECT entry_id AS id FROM channels_stillwaiting
  UNION
  SELECT since.id
  FROM (SELECT COALESCE(max(looked_to), 0) AS looked_to FROM channels_lookout) AS known
  CROSS JOIN LATERAL (SELECT id FROM channels_entry WHERE id > known.looked_to ORDER BY id OFFSET 0) AS since
  UNION
  SELECT taken_back.id
  FROM channels_message AS message JOIN channels_entry AS taken_back ON taken_back.uuid = message.answers
  WHERE message.state = 'undone'
    AND message.written_at > COALESCE((SELECT looked_at FROM channels_lookout), '-infinity') - interval '7 days'
) AS near
CROSS JOIN LATERAL (SELECT * FROM channels_entry WHERE channels_entry.id = near.id OFFSET 0) AS entry
JOIN people_meant AS customer ON customer.number = entry.customer
WHERE entry.direction = 'in' AND entry.medium IN ('email', 'sms', 'letter')
  AND (SELECT true FROM channels_message WHERE answers = entry.uuid AND state <> 'undone' LIMIT 1) IS NULL
  AND (SELECT true FROM channels_noanswerneeded AS decided WHERE decided.entry_id = entry.uuid LIMIT 1) IS NULL
  AND (SELECT true FROM channels_mail AS mail WHERE mail.uuid = entry.uuid AND mail.is_automatic LIMIT 1) IS NULL

-- name: entries_shown
-- The words are for who answers for the customer: others open the record, which is logged.
SELECT entry.uuid, entry.customer, customer.name AS customer_name, entry.medium,
       CASE WHEN chosen.is_mine THEN left(entry.text, 3000) ELSE '' END AS text,
       entry.happened_at, adviser.name AS owner_name
FROM chosen
JOIN channels_entry AS entry USING (id)
JOIN people_meant AS customer ON customer.number = entry.customer
JOIN people_adviser AS adviser ON adviser.number = customer.adviser_id

-- name: cases_found
SELECT id, true AS is_mine, extract(epoch FROM opened_at) AS rank
FROM cases_case
WHERE owner_id IN (TABLE answered) AND state = 'open' AND merged_into_id IS NULL
  AND (snoozed_until IS NULL OR snoozed_until <= %(today)s)

-- name: cases_shown
SELECT matter.reference, matter.customer_id AS customer, customer.name AS customer_name, matter.kind,
       matter.opened_at, matter.owner_id AS owner, owner.name AS owner_name
FROM chosen
JOIN cases_case AS matter USING (id)
JOIN people_meant AS customer ON customer.number = matter.customer_id
JOIN people_adviser AS owner ON owner.number = matter.owner_id

-- name: steps_found
SELECT step.id, customer.adviser_id IN (TABLE answered) AS is_mine, extract(epoch FROM step.handed_over_at) AS rank
FROM flow_step AS step
JOIN people_meant AS customer ON customer.number = step.customer
WHERE step.state = 'open' AND step.handed_over_at IS NOT NULL

-- name: steps_shown
SELECT step.customer, customer.name AS customer_name, journey.kind, step.name, step.expected_on,
       COALESCE(department.name, step.department) AS department, adviser.name AS owner_name
FROM chosen
JOIN flow_step AS step USING (id)
JOIN flow_journey AS journey ON journey.uuid = step.journey_id
JOIN people_meant AS customer ON customer.number = step.customer
JOIN people_adviser AS adviser ON adviser.number = customer.adviser_id
LEFT JOIN people_department AS department ON department.code = step.department

-- name: undelivered_found
SELECT message.id, matter.owner_id IN (TABLE answered) AS is_mine, -extract(epoch FROM message.failing_since) AS rank
FROM channels_message AS message
JOIN cases_case AS named ON named.reference = message.case
JOIN cases_case AS matter ON matter.reference = named.survivor_id
WHERE message.state IN ('undeliverable', 'returned') AND message.ticked_off_at IS NULL

-- name: undelivered_shown
SELECT message.uuid AS message, message.customer, customer.name AS customer_name, message.subject, message.destination,
       message.answer, message.failing_since AS since, message.state, message.channel, owner.name AS owner_name
FROM chosen
JOIN channels_message AS message USING (id)
JOIN people_meant AS customer ON customer.number = message.customer
JOIN cases_case AS named ON named.reference = message.case
JOIN cases_case AS matter ON matter.reference = named.survivor_id
JOIN people_adviser AS owner ON owner.number = matter.owner_id

-- name: mails_found
-- What machines wrote comes last.
SELECT waiting.id, waiting.owner_id IN (TABLE answered) AS is_mine,
       extract(epoch FROM waiting.since) + CASE WHEN mail.is_automatic THEN 1e12 ELSE 0 END AS rank
FROM cases_unmatchedmail AS waiting
JOIN channels_mail AS mail ON mail.uuid = waiting.mail_id
WHERE waiting.state = 'waiting'

-- name: mails_shown
SELECT waiting.mail_id AS mail, mail.subject, mail.sender, mail.sender_name, mail.is_automatic, waiting.since,
       owner.name AS owner_name
FROM chosen
JOIN cases_unmatchedmail AS waiting USING (id)
JOIN channels_mail AS mail ON mail.uuid = waiting.mail_id
JOIN people_adviser AS owner ON owner.number = waiting.owner_id

-- name: requests_found
SELECT id, owner_id IN (TABLE answered) AS is_mine, extract(epoch FROM received_at) AS rank
FROM contracts_terminationrequest
WHERE state = 'waiting'

-- name: reasons_found
SELECT id, owner_id IN (TABLE answered) AS is_mine, extract(epoch FROM received_at) AS rank
FROM contracts_terminationrequest
WHERE state = 'taken' AND reason <> '' AND decided_at IS NULL

-- name: requests_shown
SELECT request.reference, request.kind, request.received_at, owner.name AS owner_name,
       COALESCE(NULLIF(request.company, ''), trim(request.first_name || ' ' || request.surname)) AS name
FROM chosen
JOIN contracts_terminationrequest AS request USING (id)
JOIN people_adviser AS owner ON owner.number = request.owner_id

-- name: writings_found
SELECT id, true AS is_mine, -extract(epoch FROM changed_at) AS rank
FROM voice_writing
WHERE adviser = %(adviser)s
  AND NOT EXISTS (SELECT FROM voice_review WHERE message = voice_writing.uuid AND state = 'waiting')

-- name: writings_shown
SELECT writing.uuid, writing.customer, customer.name AS customer_name, writing.fields ->> 'subject' AS subject,
       writing.changed_at
FROM chosen
JOIN voice_writing AS writing USING (id)
JOIN people_meant AS customer ON customer.number = writing.customer

-- name: reviews_found
-- Whoever is in training looks at nobody's.
SELECT id,
       author <> %(adviser)s
         AND NOT EXISTS (SELECT FROM people_login WHERE adviser_id = %(adviser)s AND is_in_training) AS is_mine,
       extract(epoch FROM asked_at) AS rank
FROM voice_review
WHERE state = 'waiting'

-- name: reviews_shown
SELECT review.uuid, review.customer, customer.name AS customer_name, review.words ->> 'subject' AS subject,
       review.asked_at, author.name AS author_name
FROM chosen
JOIN voice_review AS review USING (id)
JOIN people_meant AS customer ON customer.number = review.customer
JOIN people_adviser AS author ON author.number = review.author

-- name: troubles_count
SELECT (
  SELECT count(*) FROM voice_outcome
  WHERE "end" = 'not understood'
    AND NOT EXISTS (
      SELECT FROM voice_inspection AS done WHERE done.fact_id = voice_outcome.fact_id AND done.deed = 'ticked off'
    )
) + (SELECT count(*) FROM facts_failure WHERE set_aside_at IS NOT NULL)

-- name: coming_count
SELECT count(*) FROM facts_delivery
WHERE due_at IS NOT NULL AND customer IS NOT NULL AND (again_at IS NOT NULL OR handled_to IS NULL)
