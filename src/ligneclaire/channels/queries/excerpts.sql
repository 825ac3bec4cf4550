-- name: newest
-- Words that most say are found among the last ones, which are read one by one; only others are looked for in all, by their
-- index: so that a word that everybody uses does not read all that ever came. How few are the last, LIMIT says.
WITH asked AS (
  SELECT to_tsquery('ligneclaire_fr', %(words)s) && plainto_tsquery('ligneclaire_fr', %(numbers)s) AS query
), told_recent AS MATERIALIZED (
  SELECT id, at
  FROM (
    SELECT id, written_at AS at, lexemes, copy_of, state FROM channels_message ORDER BY id DESC LIMIT %(recent)s
  ) AS last
  WHERE lexemes @@ (SELECT query FROM asked) AND copy_of IS NULL AND state <> 'undone'
), told AS (
  SELECT id, at FROM told_recent
  UNION
  SELECT id, written_at
  FROM channels_message
  WHERE (SELECT count(*) FROM told_recent) < %(limit)s
    AND lexemes @@ (SELECT query FROM asked) AND copy_of IS NULL AND state <> 'undone'
), said_recent AS MATERIALIZED (
  SELECT id, at
  FROM (SELECT id, recorded_at AS at, lexemes FROM channels_entry ORDER BY id DESC LIMIT %(recent)s) AS last
  WHERE lexemes @@ (SELECT query FROM asked)
), said AS (
  SELECT id, at FROM said_recent
  UNION
  SELECT id, recorded_at
  FROM channels_entry
  WHERE (SELECT count(*) FROM said_recent) < %(limit)s AND lexemes @@ (SELECT query FROM asked)
), found AS (
  SELECT 1 AS place, id, at FROM told
  UNION ALL
  SELECT 2, id, at FROM said
  ORDER BY at DESC, place, id DESC
  LIMIT %(limit)s
)
SELECT 'message', message.uuid, message.customer, message.channel, message.subject, message.state, found.at,
       ts_headline('ligneclaire_fr', message.subject, asked.query, %(whole)s),
       ts_headline('ligneclaire_fr', says.text, asked.query, %(fragments)s)
FROM found
JOIN channels_message AS message ON found.place = 1 AND message.id = found.id
CROSS JOIN asked
CROSS JOIN LATERAL (
  SELECT string_agg(line #>> '{}', ' ' ORDER BY place) AS text
  FROM jsonb_path_query(
    jsonb_build_array(
      content['opening'], content['changes'], content['todo_title'], content['todo'], content['steps_title'],
      content['steps'], content['sections'], content['closing'], content['details']
    ),
    'strict $.** ? (@.type() == "string")'
  ) WITH ORDINALITY AS lines (line, place)
) AS says
UNION ALL
SELECT 'entry', entry.uuid, entry.customer, entry.medium, entry.direction, '', found.at, '', entry.text
FROM found
JOIN channels_entry AS entry ON found.place = 2 AND entry.id = found.id
ORDER BY 7 DESC, 1, 2

-- name: passages
-- Of texts that are masked already: what is cut first may show half an account.
SELECT ts_headline(
  'ligneclaire_fr', text,
  to_tsquery('ligneclaire_fr', %(words)s) && plainto_tsquery('ligneclaire_fr', %(numbers)s),
  %(fragments)s
)
FROM unnest(%(texts)s::text[]) WITH ORDINALITY AS given (text, place)
ORDER BY place
