-- name: stage
CREATE TEMPORARY TABLE IF NOT EXISTS channels_history (
  place int, uuid uuid, customer text, "case" text, medium text, direction text, text text, happened_at timestamptz
) ON COMMIT DELETE ROWS;
TRUNCATE channels_history

-- name: copy
COPY channels_history (place, uuid, customer, "case", medium, direction, text, happened_at) FROM STDIN

-- name: known
SELECT given.place,
       (kept.customer, kept."case", kept.medium, kept.direction, kept.text, kept.happened_at)
         IS DISTINCT FROM
       (given.customer, given."case", given.medium, given.direction, given.text, given.happened_at)
FROM channels_history AS given JOIN channels_entry AS kept USING (uuid)

-- name: write
-- They stand in the thread where they happened.
INSERT INTO channels_entry (uuid, customer, "case", medium, direction, text, happened_at, recorded_at, recorded_by)
SELECT uuid, customer, "case", medium, direction, text, happened_at, happened_at, %(by)s
FROM channels_history AS given
WHERE NOT EXISTS (SELECT FROM channels_entry WHERE uuid = given.uuid)
ORDER BY happened_at, place

-- name: settle
-- Nobody waits for an answer to what was said to another system.
INSERT INTO channels_noanswerneeded (entry_id, reason, by, at)
SELECT uuid, %(reason)s, %(by)s, %(at)s
FROM channels_history AS given
WHERE direction = 'in' AND medium IN ('email', 'sms', 'letter')
  AND NOT EXISTS (SELECT FROM channels_noanswerneeded WHERE entry_id = given.uuid)
