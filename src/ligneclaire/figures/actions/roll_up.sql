-- name: days
-- Who counts the same days at the same time waits here.
INSERT INTO figures_day (day, counted_at)
SELECT day::date, %(at)s FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS day
ON CONFLICT (day) DO UPDATE SET counted_at = EXCLUDED.counted_at

-- name: forget
DELETE FROM figures_count WHERE day_id BETWEEN %(first)s AND %(last)s

-- name: count
INSERT INTO figures_count (day_id, figure, about, adviser, count)
WITH bounds AS (
  SELECT %(first)s::date::timestamp AT TIME ZONE %(zone)s AS since,
         (%(last)s::date + 1)::timestamp AT TIME ZONE %(zone)s AS until
), ends AS (
  SELECT day::date AS day, (day::date + 1)::timestamp AT TIME ZONE %(zone)s AS ended
  FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') AS day
  WHERE day::date::timestamp AT TIME ZONE %(zone)s <= %(at)s
), pledges AS (
  SELECT customer.adviser_id AS adviser, promise.state, promise.made_at, promise.closed_at
  FROM promises_promise AS promise JOIN people_meant AS customer ON customer.number = promise.customer
  UNION ALL
  SELECT owner_id, state, made_at, closed_at FROM promises_spokenpromise
), contacts AS (
  SELECT entry.id, entry.customer, entry.recorded_at, customer.adviser_id AS adviser
  FROM channels_entry AS entry
  JOIN bounds ON entry.recorded_at >= bounds.since AND entry.recorded_at < bounds.until
  JOIN people_meant AS customer ON customer.number = entry.customer
  WHERE entry.direction = 'in'
    AND NOT EXISTS (SELECT FROM channels_mail AS mail WHERE mail.uuid = entry.uuid AND mail.is_automatic)
), repeated AS (
  SELECT contact.adviser, contact.recorded_at, (
    SELECT contact.recorded_at - max(before.recorded_at)
    FROM channels_entry AS before
    WHERE before.customer = contact.customer AND before.direction = 'in' AND before.id <> contact.id
      AND before.recorded_at <= contact.recorded_at
      AND (before.recorded_at < contact.recorded_at OR before.id < contact.id)
      AND NOT EXISTS (SELECT FROM channels_mail AS mail WHERE mail.uuid = before.uuid AND mail.is_automatic)
  ) AS later
  FROM contacts AS contact
), answers AS (
  SELECT entry.recorded_at, customer.adviser_id AS adviser, LEAST(message.written_at, decided.at) AS done_at
  FROM channels_entry AS entry
  JOIN bounds ON entry.recorded_at < bounds.until
  JOIN people_meant AS customer ON customer.number = entry.customer
  LEFT JOIN channels_message AS message ON message.answers = entry.uuid AND message.state <> 'undone'
  LEFT JOIN channels_noanswerneeded AS decided ON decided.entry_id = entry.uuid
  WHERE entry.direction = 'in' AND entry.medium IN ('email', 'sms', 'letter')
    AND (LEAST(message.written_at, decided.at) IS NULL OR LEAST(message.written_at, decided.at) >= bounds.since)
    AND NOT EXISTS (SELECT FROM channels_mail AS mail WHERE mail.uuid = entry.uuid AND mail.is_automatic)
), matters AS (
  SELECT matter.owner_id AS adviser, matter.kind, ends.day, ends.day - (matter.opened_at AT TIME ZONE %(zone)s)::date AS age, (
    SELECT event.deed FROM cases_caseevent AS event
    WHERE event.case_id = matter.id AND event.deed IN ('closed', 'reopened') AND event.at < ends.ended
    ORDER BY event.at DESC, event.id DESC LIMIT 1
  ) AS last
  FROM cases_case AS matter
  JOIN ends ON matter.opened_at < ends.ended
  CROSS JOIN bounds
  WHERE matter.merged_into_id IS NULL AND (
    matter.state = 'open'
    OR EXISTS (SELECT FROM cases_caseevent AS event WHERE event.case_id = matter.id AND event.at >= bounds.since)
  )
), tells AS (
  SELECT * FROM unnest(%(kinds)s::text[], %(versions)s::int[], %(steps)s::text[], %(keys)s::text[])
    AS tells (kind, version, step, key)
), slips AS (
  -- A date that was told and that gave way to a later one, or passed.
  SELECT promise.closed_at, CASE promise.state WHEN 'moved' THEN 'slips_told' ELSE 'slips_broken' END AS figure,
         plan.kind || ':' || plan.department AS about, customer.adviser_id AS adviser
  FROM promises_promise AS promise
  JOIN bounds ON promise.closed_at >= bounds.since AND promise.closed_at < bounds.until
  JOIN people_meant AS customer ON customer.number = promise.customer
  CROSS JOIN LATERAL (
    SELECT journey.kind, step.department
    FROM flow_journey AS journey
    JOIN tells ON tells.kind = journey.kind AND tells.version = journey.version AND tells.key = promise.key
    JOIN flow_step AS step ON step.journey_id = journey.uuid AND step.name = tells.step
    WHERE journey.customer = promise.customer AND journey.subject = promise.subject
      AND journey.started_at <= promise.made_at
    ORDER BY journey.started_at DESC, journey.id DESC, step.place LIMIT 1
  ) AS plan
  WHERE promise.matter = 'value' AND promise.due_on IS NOT NULL AND promise.state IN ('moved', 'broken')
    AND (promise.state = 'broken' OR COALESCE(promise.due_on < (
      SELECT next.due_on FROM promises_promise AS next
      WHERE next.customer = promise.customer AND next.subject = promise.subject AND next.key = promise.key
        AND next.matter = 'value' AND next.made_at > promise.made_at
      ORDER BY next.made_at, next.id LIMIT 1
    ), true))
), done AS (
  SELECT journey.uuid, journey.kind, journey.version, journey.customer, journey.subject, journey.started_at,
         journey.ended_at, customer.adviser_id AS adviser, (
    SELECT max(COALESCE(payload.value ->> 'wished_on', payload.value ->> 'date'))
    FROM facts_fact AS fact
    JOIN facts_payload AS payload ON payload.fact_id = fact.id
    WHERE fact.customer = journey.customer AND fact.subject = journey.subject AND fact.kind = ANY(%(asked)s::text[])
      AND (fact.source || '/' || fact.source_id = journey.trigger OR fact.recorded_at > journey.started_at)
      AND fact.recorded_at <= journey.ended_at
  ) AS wished_on
  FROM flow_journey AS journey
  JOIN bounds ON journey.ended_at >= bounds.since AND journey.ended_at < bounds.until
  JOIN people_meant AS customer ON customer.number = journey.customer
  WHERE journey.state = 'done'
), committed AS (
  -- Within the commitment is what was over, step by step, by the dates that were told first.
  SELECT done.uuid, max(first.due_on) AS due_on,
         bool_and((step.closed_at AT TIME ZONE %(zone)s)::date <= first.due_on) AS was_kept
  FROM done
  JOIN tells ON tells.kind = done.kind AND tells.version = done.version
  JOIN flow_step AS step ON step.journey_id = done.uuid AND step.name = tells.step AND step.state = 'done'
  CROSS JOIN LATERAL (
    SELECT promise.due_on
    FROM promises_promise AS promise
    WHERE promise.customer = done.customer AND promise.subject = done.subject AND promise.key = tells.key
      AND promise.matter = 'value' AND promise.due_on IS NOT NULL
      AND promise.made_at BETWEEN done.started_at AND done.ended_at
    ORDER BY promise.made_at, promise.id LIMIT 1
  ) AS first
  GROUP BY done.uuid
), under_way AS (
  SELECT ends.day, journey.kind, customer.adviser_id AS adviser,
         ends.day - (journey.started_at AT TIME ZONE %(zone)s)::date AS age
  FROM flow_journey AS journey
  JOIN bounds ON journey.started_at < bounds.until AND (journey.ended_at IS NULL OR journey.ended_at >= bounds.since)
  JOIN ends ON journey.started_at < ends.ended AND (journey.ended_at IS NULL OR journey.ended_at >= ends.ended)
  JOIN people_meant AS customer ON customer.number = journey.customer
), aged AS (
  SELECT day, 'open_plans_by_age' AS figure, kind, adviser, age FROM under_way
  UNION ALL
  SELECT day, 'open_cases_by_age', kind, adviser, age FROM matters WHERE last IS DISTINCT FROM 'closed'
), happened (at, figure, about, adviser, count) AS (
  SELECT made_at, 'promises_made', '', adviser, 1 FROM pledges
  UNION ALL
  SELECT closed_at, 'promises_' || state, '', adviser, 1 FROM pledges WHERE closed_at IS NOT NULL
  UNION ALL
  SELECT asked.at, asked.figure, pair.one || ' + ' || pair.other, matter.owner_id, 1
  FROM cases_question AS question
  JOIN cases_case AS matter ON matter.id = question.case_id
  CROSS JOIN LATERAL (
    VALUES (question.asked_at, 'contradictions'),
           (CASE WHEN question.state = 'settled' THEN question.closed_at END, 'contradictions_settled')
  ) AS asked (at, figure)
  CROSS JOIN LATERAL (
    WITH said AS (
      SELECT number, jsonb_array_elements_text(claim -> 'sources') AS source
      FROM jsonb_array_elements(question.claims) WITH ORDINALITY AS claims (claim, number)
    )
    SELECT DISTINCT LEAST(a.source, b.source) AS one, GREATEST(a.source, b.source) AS other
    FROM said AS a JOIN said AS b ON a.number < b.number
  ) AS pair
  UNION ALL
  SELECT recorded_at, 'contacts', '', adviser, 1 FROM contacts
  UNION ALL
  SELECT recorded_at, 'repeats_7', '', adviser, 1 FROM repeated WHERE later <= interval '7 days'
  UNION ALL
  SELECT recorded_at, 'repeats_30', '', adviser, 1 FROM repeated WHERE later <= interval '30 days'
  UNION ALL
  SELECT event.at, closed.figure, '', matter.owner_id, closed.count
  FROM cases_caseevent AS event
  JOIN cases_case AS matter ON matter.id = event.case_id
  JOIN bounds ON event.at >= bounds.since AND event.at < bounds.until
  CROSS JOIN LATERAL (
    VALUES ('matters_closed', 1), (
      'contacts_of_closed',
      (SELECT count(*) FROM channels_entry AS entry
       WHERE entry."case" = matter.reference AND entry.direction = 'in' AND entry.recorded_at <= event.at
         AND NOT EXISTS (SELECT FROM channels_mail AS mail WHERE mail.uuid = entry.uuid AND mail.is_automatic))
    )
  ) AS closed (figure, count)
  WHERE event.deed = 'closed'
  UNION ALL
  SELECT sent_at, 'messages_sent', channel, adviser, 1 FROM channels_message WHERE state IN ('sent', 'returned')
  UNION ALL
  SELECT failing_since, 'undelivered', channel, adviser, 1 FROM channels_message WHERE state IN ('undeliverable', 'returned')
  UNION ALL
  SELECT closed_at, figure, about, adviser, 1 FROM slips
  UNION ALL
  SELECT ended_at, 'plans_done', kind, adviser, 1 FROM done
  UNION ALL
  -- How long it took: in hours up to four days, then in whole days; a customer's own later day measures nothing of ours.
  SELECT done.ended_at, 'plans_timed', done.kind || ':' || CASE WHEN took.hours <= 96 THEN took.hours
         ELSE 24 * ceil(took.hours / 24) END, done.adviser, 1
  FROM done
  CROSS JOIN LATERAL (SELECT ceil(extract(epoch FROM done.ended_at - done.started_at) / 3600) AS hours) AS took
  WHERE COALESCE(done.wished_on <= (done.started_at AT TIME ZONE %(zone)s)::date::text, true)
  UNION ALL
  SELECT done.ended_at, kept.figure, done.kind, done.adviser, kept.count
  FROM done
  JOIN committed USING (uuid)
  CROSS JOIN LATERAL (
    VALUES ('commitments', 1), ('commitments_kept', committed.was_kept::int)
  ) AS kept (figure, count)
  WHERE COALESCE(done.wished_on <= committed.due_on::text, true)
), counted (day, figure, about, adviser, count) AS (
  SELECT (happened.at AT TIME ZONE %(zone)s)::date, figure, about, adviser, count
  FROM happened JOIN bounds ON happened.at >= bounds.since AND happened.at < bounds.until
  UNION ALL
  SELECT matters.day, stood.figure, '', matters.adviser, stood.count
  FROM matters CROSS JOIN LATERAL (VALUES ('open_cases', 1), ('open_cases_age', matters.age)) AS stood (figure, count)
  WHERE matters.last IS DISTINCT FROM 'closed'
  UNION ALL
  SELECT day, figure, kind || ':' || CASE WHEN age <= 4 THEN '4' WHEN age <= 8 THEN '8' WHEN age <= 14 THEN '14'
         WHEN age <= 30 THEN '30' WHEN age <= 365 THEN '365' ELSE 'more' END, adviser, 1
  FROM aged
  UNION ALL
  SELECT ends.day, stood.figure, '', answers.adviser, stood.count
  FROM answers
  JOIN ends ON answers.recorded_at < ends.ended AND (answers.done_at IS NULL OR answers.done_at >= ends.ended)
  CROSS JOIN LATERAL (
    VALUES ('waiting_answers', 1),
           ('waiting_answers_age', ends.day - (answers.recorded_at AT TIME ZONE %(zone)s)::date)
  ) AS stood (figure, count)
)
SELECT day, figure, about, adviser, sum(count) FROM counted GROUP BY day, figure, about, adviser HAVING sum(count) > 0
