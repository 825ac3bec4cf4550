-- name: known
-- Who looks at the same time waits here. Everything up to what was seen last time is committed by now, or never will be.
INSERT INTO channels_lookout (id, looked_to, seen_to, looked_at)
SELECT 1, 0, COALESCE(max(id), 0), %(at)s FROM channels_entry
ON CONFLICT (id) DO UPDATE
SET looked_to = channels_lookout.seen_to, seen_to = EXCLUDED.seen_to, looked_at = EXCLUDED.looked_at
WHERE channels_lookout.looked_at <= %(before)s
RETURNING looked_to

-- name: forget
DELETE FROM channels_stillwaiting

-- name: look
INSERT INTO channels_stillwaiting (entry_id)
SELECT entry.id
FROM channels_entry AS entry
WHERE entry.id <= %(looked_to)s AND entry.direction = 'in' AND entry.medium IN ('email', 'sms', 'letter')
  AND NOT EXISTS (SELECT FROM channels_message WHERE answers = entry.uuid AND state <> 'undone')
  AND NOT EXISTS (SELECT FROM channels_noanswerneeded AS decided WHERE decided.entry_id = entry.uuid)
  AND NOT EXISTS (SELECT FROM channels_mail AS mail WHERE mail.uuid = entry.uuid AND mail.is_automatic)
