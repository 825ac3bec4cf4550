-- name: page
-- Newest first by (instant, place, id); facts have place 0, messages place 1, entries place 2.
-- What a message or an entry shows is not shown again as its fact.
WITH facts AS (
  SELECT recorded_at AS moment, 0 AS place, id
  FROM facts_fact
  WHERE customer = %(customer)s AND kind NOT IN ('channels.message_sent', 'cases.contact_logged')
    AND recorded_at BETWEEN %(down_to)s::timestamptz AND %(before)s::timestamptz
    AND (recorded_at, 0, id) < (%(before)s::timestamptz, %(before_place)s::int, %(before_id)s::bigint)
    AND (recorded_at, 0, id) >= (%(down_to)s::timestamptz, %(down_to_place)s::int, %(down_to_id)s::bigint)
  ORDER BY recorded_at DESC, id DESC
  LIMIT %(limit)s
), messages AS (
  SELECT written_at AS moment, 1 AS place, id
  FROM channels_message
  WHERE customer = %(customer)s
    AND written_at BETWEEN %(down_to)s::timestamptz AND %(before)s::timestamptz
    AND (written_at, 1, id) < (%(before)s::timestamptz, %(before_place)s::int, %(before_id)s::bigint)
    AND (written_at, 1, id) >= (%(down_to)s::timestamptz, %(down_to_place)s::int, %(down_to_id)s::bigint)
  ORDER BY written_at DESC, id DESC
  LIMIT %(limit)s
), talks AS (
  SELECT recorded_at AS moment, 2 AS place, id
  FROM channels_entry
  WHERE customer = %(customer)s
    AND recorded_at BETWEEN %(down_to)s::timestamptz AND %(before)s::timestamptz
    AND (recorded_at, 2, id) < (%(before)s::timestamptz, %(before_place)s::int, %(before_id)s::bigint)
    AND (recorded_at, 2, id) >= (%(down_to)s::timestamptz, %(down_to_place)s::int, %(down_to_id)s::bigint)
  ORDER BY recorded_at DESC, id DESC
  LIMIT %(limit)s
), entries AS (
  SELECT * FROM facts UNION ALL SELECT * FROM messages UNION ALL SELECT * FROM talks
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
       talk.medium, talk.direction, talk.text, talk.happened_at, talk."case", talker.name, spoken.text, spoken.due_on, spoken.due_time,
       talk.uuid, talk.direction = 'in' AND talk.medium IN ('email', 'sms', 'letter')
         AND NOT EXISTS (SELECT FROM channels_message WHERE answers = talk.uuid AND state <> 'undone')
         AND NOT EXISTS (SELECT FROM channels_noanswerneeded WHERE entry_id = talk.uuid)
         AND mail.is_automatic IS NOT TRUE,
       mail.uuid, mail.subject, mail.is_automatic,
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
LEFT JOIN channels_mail AS mail ON mail.uuid = talk.uuid
LEFT JOIN promises_spokenpromise AS spoken ON spoken.made_in = talk.uuid
ORDER BY entries.moment DESC, entries.place DESC, entries.id DESC
