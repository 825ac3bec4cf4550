-- name: of
-- The journeys of these customers, each with its steps.
SELECT uuid, kind, version, customer, subject, trigger, state, started_at, ended_at,
       ARRAY(
         SELECT json_build_object(
           'name', name, 'department', department, 'after', after, 'state', step.state, 'expected_on', expected_on,
           'latest_on', latest_on, 'opened_at', opened_at, 'closed_at', closed_at, 'handed_over_at', handed_over_at,
           'times', times
         )
         FROM flow_step AS step WHERE step.journey_id = journey.uuid ORDER BY place
       )
FROM flow_journey AS journey
WHERE customer = ANY(%(customers)s::text[])
ORDER BY started_at DESC, id DESC
