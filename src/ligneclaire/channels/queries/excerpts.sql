-- name: newest
-- Words that most messages say are found among the last ones at once; only others are looked for in all, by their index.
WITH recent AS MATERIALIZED (
  SELECT id
  FROM channels_message
  WHERE id > (SELECT max(id) FROM channels_message) - %(recent)s
    AND lexemes
      @@ (to_tsquery('ligneclaire_fr', %(words)s) && plainto_tsquery('ligneclaire_fr', %(numbers)s)) AND copy_of IS NULL AND state <> 'undone'
  ORDER BY written_at DESC, id DESC
  LIMIT %(limit)s
), every AS MATERIALIZED (
  SELECT id, written_at
  FROM channels_message
  WHERE (SELECT count(*) FROM recent) < %(limit)s
    AND lexemes
      @@ (to_tsquery('ligneclaire_fr', %(words)s) && plainto_tsquery('ligneclaire_fr', %(numbers)s)) AND copy_of IS NULL AND state <> 'undone'
), found AS (
  SELECT id FROM recent
  UNION
  (SELECT id FROM every ORDER BY written_at DESC, id DESC LIMIT %(limit)s)
)
SELECT message.uuid, message.customer, message.channel, message.subject, message.state, message.written_at,
       ts_headline('ligneclaire_fr', message.subject, wanted.query, %(whole)s),
       ts_headline('ligneclaire_fr', says.text, wanted.query, %(fragments)s)
FROM found
JOIN channels_message AS message USING (id)
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
CROSS JOIN LATERAL (
  SELECT to_tsquery('ligneclaire_fr', %(words)s) && plainto_tsquery('ligneclaire_fr', %(numbers)s) AS query
) AS wanted
ORDER BY message.written_at DESC, message.id DESC
