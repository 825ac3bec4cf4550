-- name: page
-- Newest first by (instant, place, id); facts have place 0, messages place 1, entries place 2. Each number of a person is
-- read by the index that has its newest first.
WITH person (number) AS (
  SELECT unnest(%(customers)s::text[])
), facts AS (
  SELECT own.* FROM person CROSS JOIN LATERAL (
  {facts}
    AND recorded_at BETWEEN %(down_to)s::timestamptz AND %(before)s::timestamptz
    AND (recorded_at, 0, id) < (%(before)s::timestamptz, %(before_place)s::int, %(before_id)s::bigint)
    AND (recorded_at, 0, id) >= (%(down_to)s::timestamptz, %(down_to_place)s::int, %(down_to_id)s::bigint)
  ORDER BY recorded_at DESC, id DESC
  LIMIT %(limit)s
  ) AS own
), messages AS (
  SELECT own.* FROM person CROSS JOIN LATERAL (
  {messages}
    AND written_at BETWEEN %(down_to)s::timestamptz AND %(before)s::timestamptz
    AND (written_at, 1, id) < (%(before)s::timestamptz, %(before_place)s::int, %(before_id)s::bigint)
    AND (written_at, 1, id) >= (%(down_to)s::timestamptz, %(down_to_place)s::int, %(down_to_id)s::bigint)
  ORDER BY written_at DESC, id DESC
  LIMIT %(limit)s
  ) AS own
), talks AS (
  SELECT own.* FROM person CROSS JOIN LATERAL (
  {talks}
    AND recorded_at BETWEEN %(down_to)s::timestamptz AND %(before)s::timestamptz
    AND (recorded_at, 2, id) < (%(before)s::timestamptz, %(before_place)s::int, %(before_id)s::bigint)
    AND (recorded_at, 2, id) >= (%(down_to)s::timestamptz, %(down_to_place)s::int, %(down_to_id)s::bigint)
  ORDER BY recorded_at DESC, id DESC
  LIMIT %(limit)s
  ) AS own
), entries AS (
  SELECT moment, place, id FROM facts
  UNION ALL SELECT moment, place, id FROM messages
  UNION ALL SELECT moment, place, id FROM talks
  ORDER BY moment DESC, place DESC, id DESC
  LIMIT %(limit)s
)
SELECT entries.moment, entries.place, entries.id,
       fact.source, COALESCE(adviser.name, department.name, fact.source), fact.kind, fact.subject, payload.value,
       fact.effective, fact.at, COALESCE(outcome."end", CASE WHEN failure.fact_id IS NULL THEN 'waiting' ELSE 'set aside' END),
       COALESCE(outcome.reason, failure.reason, ''), outcome.utterance_id,
       message.uuid, message.channel, message.copy_of IS NOT NULL, message.subject,
       CASE WHEN message.state = 'queued' AND message.failing_since IS NOT NULL THEN 'delayed'
            WHEN message.held_until IS NOT NULL THEN 'held'
            WHEN message.delivered_at IS NOT NULL THEN 'delivered' ELSE message.state END,
       message.answer, message.sent_at, signer.name, message.held_until, first.channel,
       talk.medium, talk.direction, talk.text, talk.happened_at,
       COALESCE((SELECT case_id FROM cases_placement WHERE entry_id = talk.uuid ORDER BY id DESC LIMIT 1), talk."case"), talker.name, spoken.text, spoken.due_on, spoken.due_time,
       talk.uuid, talk.direction = 'in' AND talk.medium IN ('email', 'sms', 'letter')
         AND NOT EXISTS (SELECT FROM channels_message WHERE answers = talk.uuid AND state <> 'undone')
         AND NOT EXISTS (SELECT FROM channels_noanswerneeded WHERE entry_id = talk.uuid)
         AND mail.is_automatic IS NOT TRUE,
       person.name, person.kind, identity.proof,
       scan.uuid, mail.uuid, mail.subject, mail.is_automatic,
       (SELECT json_agg(json_build_array(file.position, file.name) ORDER BY file.position)
        FROM channels_attachment AS file WHERE file.mail_id = mail.uuid)
FROM entries
LEFT JOIN facts_fact AS fact ON entries.place = 0 AND fact.id = entries.id
LEFT JOIN facts_payload AS payload ON payload.fact_id = fact.id
LEFT JOIN people_adviser AS adviser ON 'adviser:' || adviser.number = fact.by
LEFT JOIN people_department AS department ON department.code = fact.source
LEFT JOIN voice_outcome AS outcome ON outcome.fact_id = fact.id
LEFT JOIN facts_failure AS failure ON failure.fact_id = fact.id AND failure.set_aside_at IS NOT NULL
LEFT JOIN channels_message AS message ON entries.place = 1 AND message.id = entries.id
LEFT JOIN channels_message AS first ON first.uuid = message.instead_of
LEFT JOIN people_adviser AS signer ON signer.number = message.adviser
LEFT JOIN channels_entry AS talk ON entries.place = 2 AND talk.id = entries.id
LEFT JOIN people_adviser AS talker ON 'adviser:' || talker.number = talk.recorded_by
LEFT JOIN people_authorisedperson AS person ON person.uuid = talk.person_id
LEFT JOIN people_identitycheck AS identity ON identity.uuid = talk.identity_check_id
LEFT JOIN channels_mail AS mail ON mail.uuid = talk.uuid
LEFT JOIN channels_scan AS scan ON scan.entry_id = talk.uuid
LEFT JOIN promises_spokenpromise AS spoken ON spoken.made_in = talk.uuid
ORDER BY entries.moment DESC, entries.place DESC, entries.id DESC

-- name: facts
-- What a message or an entry shows is not shown again as its fact, and a merge only for one of its numbers. A case has the facts that its messages tell, and
-- those about its matter from its first instant to that of the next case about it.
SELECT recorded_at AS moment, 0 AS place, id, written.authors
  FROM facts_fact AS fact
  CROSS JOIN LATERAL (SELECT ARRAY[CASE
    WHEN split_part(fact.by, ':', 1) = 'adviser' THEN fact.by
    WHEN split_part(fact.by, ':', 1) = 'customer' THEN 'customer'
    WHEN EXISTS (SELECT FROM people_department WHERE code = fact.source) THEN 'department:' || fact.source
    ELSE 'voice'
  END]) AS written (authors)
  WHERE customer = person.number AND kind NOT IN ('channels.message_sent', 'cases.contact_logged')
    AND NOT (kind IN ('people.customer_merged', 'people.customer_unmerged') AND EXISTS (
      SELECT FROM facts_fact AS twin
      WHERE twin.customer = ANY(%(customers)s::text[]) AND twin.customer < fact.customer
        AND twin.kind = fact.kind AND twin.at = fact.at))
    AND %(channel)s = ''
    AND (%(subject)s = '' OR subject = %(subject)s)
    AND (%(author)s = '' OR %(author)s = ANY (written.authors))
    AND (%(case)s = ''
      OR EXISTS (
        SELECT FROM voice_outcome AS outcome JOIN voice_utterance AS said ON said.uuid = outcome.utterance_id
        WHERE outcome.fact_id = fact.id AND said."case" IN (SELECT reference FROM cases_case WHERE reference = %(case)s OR survivor_id = %(case)s))
      OR EXISTS (
        SELECT FROM cases_case AS matter
        WHERE matter.reference = %(case)s AND matter.customer_id = fact.customer AND matter.subject = fact.subject
          AND matter.opened_at <= fact.recorded_at
          AND NOT EXISTS (
            SELECT FROM cases_case AS later
            WHERE later.customer_id = matter.customer_id AND later.subject = matter.subject
              AND later.opened_at > matter.opened_at AND later.opened_at <= fact.recorded_at)))

-- name: messages
SELECT written_at AS moment, 1 AS place, id, written.authors
  FROM channels_message AS message
  CROSS JOIN LATERAL (SELECT ARRAY[
    CASE WHEN split_part(message.written_by, ':', 1) = 'adviser' THEN message.written_by ELSE 'voice' END
  ]) AS written (authors)
  WHERE customer = person.number
    AND (%(channel)s = '' OR channel = %(channel)s)
    AND (%(subject)s = ''
      OR EXISTS (SELECT FROM voice_utterance WHERE uuid = message.utterance AND subject = %(subject)s)
      OR EXISTS (SELECT FROM cases_case WHERE reference = message."case" AND subject = %(subject)s))
    AND (%(author)s = '' OR %(author)s = ANY (written.authors))
    AND (%(case)s = ''
      OR "case" IN (SELECT reference FROM cases_case WHERE reference = %(case)s OR survivor_id = %(case)s))

-- name: talks
-- What a customer said, an adviser wrote down: it is by both.
SELECT recorded_at AS moment, 2 AS place, id, written.authors
  FROM channels_entry AS talk
  CROSS JOIN LATERAL (SELECT array_remove(ARRAY[
    CASE WHEN talk.direction = 'in' THEN 'customer' END,
    CASE WHEN split_part(talk.recorded_by, ':', 1) = 'adviser' THEN talk.recorded_by END
  ], NULL)) AS written (authors)
  CROSS JOIN LATERAL (SELECT COALESCE(
    (SELECT case_id FROM cases_placement WHERE entry_id = talk.uuid ORDER BY id DESC LIMIT 1), talk."case"
  )) AS placed ("case")
  WHERE customer = person.number
    AND (%(channel)s = '' OR medium = %(channel)s)
    AND (%(subject)s = '' OR EXISTS (SELECT FROM cases_case WHERE reference = placed."case" AND subject = %(subject)s))
    AND (%(author)s = '' OR %(author)s = ANY (written.authors))
    AND (%(case)s = ''
      OR placed."case" IN (SELECT reference FROM cases_case WHERE reference = %(case)s OR survivor_id = %(case)s))

-- name: count
SELECT count(*)
FROM unnest(%(customers)s::text[]) AS person (number)
CROSS JOIN LATERAL ({facts} UNION ALL {messages} UNION ALL {talks}) AS entries

-- name: authors
SELECT found.author, COALESCE(adviser.name, department.name, '')
FROM (
  SELECT DISTINCT unnest(authors) AS author
  FROM unnest(%(customers)s::text[]) AS person (number)
  CROSS JOIN LATERAL ({facts} UNION ALL {messages} UNION ALL {talks}) AS entries
) AS found
LEFT JOIN people_adviser AS adviser ON 'adviser:' || adviser.number = found.author
LEFT JOIN people_department AS department ON 'department:' || department.code = found.author
ORDER BY array_position(ARRAY['customer', 'adviser', 'voice'], split_part(found.author, ':', 1)), 2, 1
