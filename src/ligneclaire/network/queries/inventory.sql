-- name: sites
-- A site, and the one at the top of those on which it hangs.
WITH RECURSIVE hanging AS (
    SELECT code, code AS top FROM network_site WHERE parent_id IS NULL
    UNION ALL
    SELECT site.code, hanging.top FROM network_site site JOIN hanging ON site.parent_id = hanging.code
)
SELECT site.code, site.kind, site.commune, site.territory_id AS territory, coalesce(site.parent_id, '') AS parent, hanging.top
FROM network_site site JOIN hanging USING (code)
ORDER BY site.parent_id IS NOT NULL, site.code

-- name: resources
-- A resource with who has it until further notice.
SELECT resource.code, resource.kind, coalesce(resource.site_id, '') AS site, resource.condition, resource.wear,
    resource.imsi, resource.imei, coalesce(held.line_id, '') AS line, held.id IS NOT NULL AS is_held,
    coalesce(to_char(lower(held.during) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), '') AS since
FROM network_resource resource
LEFT JOIN network_assignment held ON held.resource_id = resource.code AND upper_inf(held.during)
ORDER BY resource.site_id, resource.kind, resource.code

-- name: lines
SELECT code, customer_id AS customer, contract, technology, since::text, coalesce(until::text, '') AS until, place,
    coalesce(site_id, '') AS site
FROM network_line
ORDER BY code
