-- name: found
-- Everything a survey saw beside everything the records say at its instant, in sets; one row for each difference.
CREATE TEMPORARY TABLE found ON COMMIT DROP AS
WITH seen AS (
    SELECT resource, bool_or(seen = 'active') AS is_active, array_remove(array_agg(DISTINCT number), '') AS numbers
    FROM network_observation WHERE survey_id = %(survey)s
    GROUP BY resource
), held AS (
    SELECT resource_id, line_id, use FROM network_assignment WHERE during @> %(at)s
), compared AS (
    SELECT seen.*, resource.code IS NOT NULL AS is_known, held.use, held.line_id
    FROM seen
    LEFT JOIN network_resource resource ON resource.code = seen.resource
    LEFT JOIN held ON held.resource_id = seen.resource
)
SELECT CASE WHEN is_known THEN 'not recorded' ELSE 'unknown' END AS kind,
    resource, coalesce(numbers[1], '') AS number, NULL::text AS line, '' AS note
FROM compared WHERE is_active AND (use IS NULL OR use = 'quarantine')
UNION ALL
SELECT 'silent', resource, '', line_id, '' FROM compared WHERE NOT is_active AND use = 'held'
UNION ALL
SELECT 'two numbers', resource, '', line_id, array_to_string(numbers, ', ') FROM compared WHERE cardinality(numbers) > 1
UNION ALL
SELECT 'wrong line', resource, number, compared.line_id, ''
FROM compared
CROSS JOIN LATERAL unnest(numbers) AS number
JOIN held theirs ON theirs.resource_id = number AND theirs.use = 'held'
WHERE compared.use = 'held' AND theirs.line_id <> compared.line_id

-- name: ask
-- Each has the adviser of whoever may lose something, or who is on duty there or in the house, or somebody of the place,
-- or the first adviser.
INSERT INTO network_difference
    (uuid, kind, resource, number, line_id, customer, "case", owner_id, due_on, state, found_by_id, found_at, closed_by, note)
SELECT gen_random_uuid(), found.kind, found.resource, found.number, found.line, coalesce(line.customer_id, ''), '',
    coalesce(
        customer.adviser_id,
        (
            SELECT territory.duty_id FROM network_resource resource
            JOIN network_site site ON site.code = resource.site_id
            JOIN people_territory territory ON territory.code = site.territory_id
            WHERE resource.code = found.resource
        ),
        (SELECT duty_id FROM people_operator),
        (
            SELECT min(coverage.adviser_id) FROM network_resource resource
            JOIN network_site site ON site.code = resource.site_id
            JOIN people_coverage coverage ON coverage.territory_id = site.territory_id
            WHERE resource.code = found.resource
        ),
        (SELECT min(number) FROM people_adviser)
    ),
    %(due_on)s, 'open', %(survey)s, %(now)s, '', found.note
FROM found
LEFT JOIN network_line line ON line.code = found.line
LEFT JOIN people_meant customer ON customer.number = line.customer_id
ORDER BY found.resource, found.kind, found.number
ON CONFLICT (kind, resource, number) WHERE state = 'open' DO NOTHING
RETURNING kind

-- name: gone
-- What is no longer so; but what was in use while free for the records stays a question until somebody answers it.
UPDATE network_difference difference SET state = 'gone', closed_at = %(now)s, closed_by = %(by)s
WHERE state = 'open' AND found_at < %(now)s
    AND EXISTS (
        SELECT FROM network_observation seen WHERE seen.survey_id = %(survey)s AND seen.resource = difference.resource
    )
    AND NOT EXISTS (
        SELECT FROM found
        WHERE found.kind = difference.kind AND found.resource = difference.resource AND found.number = difference.number
    )
    AND NOT (
        kind = 'not recorded' AND EXISTS (
            SELECT FROM network_assignment held
            JOIN network_observation seen ON seen.survey_id = %(survey)s AND seen.resource = held.resource_id
            WHERE held.resource_id = difference.resource AND held.use = 'taken' AND held.during @> %(at)s
                AND seen.seen = 'active'
        )
    )

-- name: protect
-- From now on nobody is given what somebody uses, whoever that is.
WITH free AS (
    SELECT resource.code, resource.kind FROM found JOIN network_resource resource ON resource.code = found.resource
    WHERE found.kind = 'not recorded'
    ORDER BY resource.code
    FOR NO KEY UPDATE OF resource
), taken AS (
    INSERT INTO network_assignment (resource_id, kind, use, line_id, during, because, changed_by, changed_at)
    SELECT code, kind, 'taken', NULL, tstzrange(%(now)s, NULL), 'seen in use', %(by)s, %(now)s FROM free
    ORDER BY code
    ON CONFLICT DO NOTHING
    RETURNING resource_id
)
UPDATE network_resource resource SET is_held = TRUE FROM taken WHERE resource.code = taken.resource_id

-- name: forget
DELETE FROM network_observation
WHERE survey_id IN (SELECT id FROM network_survey WHERE source = %(source)s AND seen_at < %(at)s)

-- name: done
DROP TABLE found
