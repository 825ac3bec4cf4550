-- name: sites
SELECT code, kind, commune, territory_id AS territory, parent_id AS parent FROM network_site
ORDER BY parent_id IS NOT NULL, code

-- name: resources
SELECT kind, code, site_id AS site, condition, wear, imsi, imei FROM network_resource ORDER BY kind, code

-- name: lines
SELECT code, customer_id AS customer, contract, technology, since, until, place, site_id AS site FROM network_line
ORDER BY code

-- name: holdings
SELECT resource_id AS resource, line_id AS line,
    to_char(lower(during) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since
FROM network_assignment WHERE upper_inf(during) ORDER BY resource_id
