-- name: messages
SELECT message.uuid, message.tried
FROM channels_message AS message
WHERE message.state = 'queued' AND message.written_at < %(before)s
  AND COALESCE((SELECT mode FROM voice_modechange ORDER BY at DESC LIMIT 1), 'live') = 'live'
  AND NOT EXISTS (
    SELECT FROM procrastinate_jobs AS job
    WHERE job.task_name = 'ligneclaire.voice.tasks.send' AND job.status IN ('todo', 'doing') AND job.args->>'message' = message.uuid::text
  )
ORDER BY message.written_at, message.id
