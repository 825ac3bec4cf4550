-- name: best
-- The least worn of what is free at a site, given in the same statement; first passing by what others are about to give.
-- Whoever waited for a row looks at its newest version: what was given meanwhile is no longer free.
WITH free AS (
    SELECT resource.code FROM network_resource resource
    WHERE resource.site_id = %(site)s AND resource.kind = %(kind)s AND resource.condition = 'usable'
        AND NOT resource.is_held
        AND NOT EXISTS (
            SELECT FROM network_assignment held
            WHERE held.resource_id = resource.code AND held.during && tstzrange(%(at)s, NULL)
        )
    ORDER BY resource.wear, resource.code
    LIMIT 1
    FOR NO KEY UPDATE OF resource SKIP LOCKED
), marked AS (
    UPDATE network_resource resource SET is_held = TRUE FROM free WHERE resource.code = free.code
    RETURNING resource.code
), given AS (
    INSERT INTO network_assignment (resource_id, kind, use, line_id, during, because, changed_by, changed_at)
    SELECT code, %(kind)s, 'held', %(line)s, tstzrange(%(at)s, NULL), %(because)s, %(by)s, %(at)s FROM marked
    ON CONFLICT DO NOTHING
    RETURNING resource_id
)
SELECT (SELECT code FROM free), (SELECT resource_id FROM given)

-- name: this
-- The resource's row first, as everybody does who gives or takes back; nothing is left where somebody has it.
WITH marked AS (
    UPDATE network_resource SET is_held = TRUE WHERE code = %(resource)s AND condition = 'usable'
    RETURNING code, kind
), given AS (
    INSERT INTO network_assignment (resource_id, kind, use, line_id, during, because, changed_by, changed_at)
    SELECT code, kind, 'held', %(line)s, tstzrange(%(at)s, NULL), %(because)s, %(by)s, %(at)s FROM marked
    ON CONFLICT DO NOTHING
    RETURNING resource_id
)
SELECT resource_id FROM given
