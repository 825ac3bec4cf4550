-- name: hold
WITH given AS (
    SELECT * FROM json_to_recordset(%(rows)s::json) AS given (resource text, line text, since timestamptz)
), missing AS (
    SELECT given.*, resource.kind FROM given
    JOIN network_resource resource ON resource.code = given.resource
    WHERE NOT EXISTS (
        SELECT FROM network_assignment known
        WHERE known.resource_id = given.resource AND known.line_id IS NOT DISTINCT FROM given.line
            AND known.during @> greatest(given.since, %(at)s)
    )
    ORDER BY resource.code
    FOR NO KEY UPDATE OF resource
), new AS (
    INSERT INTO network_assignment (resource_id, kind, use, line_id, during, because, changed_by, changed_at)
    SELECT resource, kind, CASE WHEN line IS NULL THEN 'taken' ELSE 'held' END, line,
        tstzrange(since, NULL), 'import', %(by)s, %(at)s
    FROM missing
    ORDER BY resource
    ON CONFLICT DO NOTHING
    RETURNING resource_id
)
UPDATE network_resource resource SET is_held = TRUE FROM new WHERE resource.code = new.resource_id

-- name: contested
-- What the list gives to one line while another has it, or the line another of its kind.
SELECT given.resource, coalesce(given.line, ''), coalesce(other.resource_id, ''), coalesce(other.line_id, '')
FROM json_to_recordset(%(rows)s::json) AS given (resource text, line text, since timestamptz)
LEFT JOIN network_resource resource ON resource.code = given.resource
LEFT JOIN LATERAL (
    SELECT held.resource_id, held.line_id FROM network_assignment held
    WHERE (held.resource_id = given.resource OR held.line_id = given.line AND held.kind = resource.kind)
        AND held.during && tstzrange(given.since, NULL)
    ORDER BY held.resource_id = given.resource DESC, held.during DESC
    LIMIT 1
) other ON TRUE
WHERE NOT EXISTS (
    SELECT FROM network_assignment known
    WHERE known.resource_id = given.resource AND known.line_id IS NOT DISTINCT FROM given.line
        AND known.during @> greatest(given.since, %(at)s)
)
ORDER BY given.resource, given.line
