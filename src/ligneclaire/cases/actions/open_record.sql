-- name: open_record
-- What brings an adviser to a customer's record, and its line in the log, in one statement: where nothing brings them,
-- nothing is written. An adviser answers for those who are away and whose backups lead to them through others away, and,
-- when on duty for their team or, if nobody is there who is, for the house, for those whose backup is away too. All
-- numbers of a person are one record: what brings somebody to one of them brings them to all, and each is logged; but a
-- code that is revealed is that of one.
WITH RECURSIVE person AS (
  SELECT number, survivor_id FROM people_customer
  WHERE survivor_id = (SELECT survivor_id FROM people_customer WHERE number = %(customer)s::text)
), today AS (
  SELECT (%(at)s::timestamptz AT TIME ZONE zone)::date AS day,
         date_trunc('day', %(at)s::timestamptz AT TIME ZONE zone) AT TIME ZONE zone AS began
  FROM people_operator
), on_duty (number, duty) AS (
  SELECT adviser.number, (
    SELECT duty_id
    FROM (
      SELECT 1, territory.code, duty_id
      FROM people_coverage AS coverage JOIN people_territory AS territory ON territory.code = coverage.territory_id
      WHERE coverage.adviser_id = adviser.number
      UNION ALL
      SELECT 2, '', duty_id FROM people_operator
    ) AS duty (place, code, duty_id)
    WHERE duty_id NOT IN (SELECT adviser_id FROM people_absence WHERE period @> today.day)
    ORDER BY place, code LIMIT 1
  )
  FROM today
  JOIN people_absence AS absence ON absence.period @> today.day
  JOIN people_adviser AS adviser ON adviser.number = absence.adviser_id
  JOIN people_absence AS of_backup ON of_backup.adviser_id = adviser.backup_id AND of_backup.period @> today.day
), answered (number) AS (
  SELECT %(adviser)s::text
  UNION
  SELECT number FROM on_duty WHERE duty = %(adviser)s::text
  UNION
  SELECT adviser.number
  FROM answered
  JOIN people_adviser AS adviser ON adviser.backup_id = answered.number
  JOIN people_absence AS absence ON absence.adviser_id = adviser.number
  JOIN today ON absence.period @> today.day
  WHERE adviser.number NOT IN (SELECT number FROM on_duty WHERE duty IS NOT NULL)
), ways (place, since, basis, matter, occasion) AS (
  SELECT 1, opened_at, 'CASE', reference, NULL::bigint
  FROM cases_case JOIN answered ON owner_id = answered.number
  WHERE customer_id IN (SELECT number FROM person) AND state = 'open' AND merged_into_id IS NULL
  UNION ALL
  SELECT 2, NULL, CASE adviser_id WHEN %(adviser)s::text THEN 'ADVISER' ELSE 'STAND_IN' END, '', NULL
  FROM people_customer JOIN answered ON adviser_id = answered.number
  WHERE people_customer.number IN (SELECT survivor_id FROM person)
  UNION ALL
  SELECT 3, asked_at, 'QUESTION', survivor_id, NULL
  FROM cases_question AS question JOIN cases_case ON cases_case.id = question.case_id
  WHERE question.customer IN (SELECT number FROM person) AND question.state = 'open'
  UNION ALL
  SELECT 4, handed_over_at, 'STEP', '', NULL
  FROM flow_step
  WHERE customer IN (SELECT number FROM person) AND state = 'open' AND handed_over_at IS NOT NULL
  UNION ALL
  SELECT 5, received_at, 'REQUEST', reference, NULL
  FROM contracts_terminationrequest CROSS JOIN today
  WHERE customer_id IN (SELECT number FROM person)
    AND (
      state = 'taken' AND reason <> '' AND decided_at IS NULL
      OR closed_by = %(by)s::text AND closed_at >= today.began
      OR decided_by = %(by)s::text AND decided_at >= today.began
    )
  UNION ALL
  SELECT 6, recorded_at, 'ENTRY', "case", NULL
  FROM channels_entry AS entry
  WHERE customer IN (SELECT number FROM person) AND direction = 'in' AND medium IN ('email', 'sms', 'letter')
    AND NOT EXISTS (SELECT FROM channels_message WHERE answers = entry.uuid AND state <> 'undone')
    AND NOT EXISTS (SELECT FROM channels_noanswerneeded WHERE entry_id = entry.uuid)
    AND NOT EXISTS (SELECT FROM channels_mail WHERE uuid = entry.uuid AND is_automatic)
  UNION ALL
  SELECT 7, made_at, 'PROMISE', '', NULL
  FROM promises_spokenpromise JOIN answered ON owner_id = answered.number
  WHERE customer IN (SELECT number FROM person) AND state = 'open'
  UNION ALL
  SELECT 8, at, basis, matter, NULL
  FROM cases_read CROSS JOIN today
  WHERE adviser_id = %(adviser)s::text AND customer_id IN (SELECT number FROM person) AND at >= today.began
    AND basis NOT IN ('OCCASION', 'VISIT')
  UNION ALL
  SELECT 9, said_at, 'OCCASION', '', id
  FROM cases_occasion JOIN today USING (day)
  WHERE adviser_id = %(adviser)s::text AND customer_id IN (SELECT number FROM person)
), found AS (
  SELECT basis, matter, occasion FROM ways ORDER BY place, since DESC, matter LIMIT 1
), written AS (
  INSERT INTO cases_read (customer_id, adviser_id, page, contract, quarter, at, basis, matter, occasion_id)
  SELECT number, %(adviser)s::text, %(page)s::text, %(contract)s::text, %(quarter)s::timestamptz,
         %(at)s::timestamptz, basis, matter, occasion
  FROM found CROSS JOIN person
  WHERE %(contract)s::text = '' OR number = %(customer)s::text
  ON CONFLICT ON CONSTRAINT read_once_a_quarter DO NOTHING
)
SELECT basis FROM found
