-- name: site
INSERT INTO network_site (code, kind, commune, territory_id, changed_by, changed_at)
SELECT %(site)s, 'distribution box', 'Bench', min(code), 'bench', %(at)s FROM people_territory
ON CONFLICT DO NOTHING

-- name: pairs
INSERT INTO network_resource (code, kind, site_id, condition, wear, imsi, imei, is_held, changed_by, changed_at)
SELECT %(site)s || '-' || place, 'pair', %(site)s, 'usable', 0, '', '', %(held)s AND place %% 20 <> 0, 'bench', %(at)s
FROM generate_series(%(first)s, %(count)s) AS place
ON CONFLICT DO NOTHING

-- name: lines
INSERT INTO network_line (code, customer_id, contract, technology, place, site_id, since, changed_by, changed_at)
SELECT %(site)s || '/' || place, 'L-' || place %% %(customers)s, 'K-L-' || place %% %(customers)s, 'copper', '', %(site)s,
    '2020-01-01', 'bench', %(at)s
FROM generate_series(%(first)s, %(count)s) AS place
ON CONFLICT DO NOTHING

-- name: holdings
-- Nineteen of twenty pairs are held.
INSERT INTO network_assignment (resource_id, kind, use, line_id, during, because, changed_by, changed_at)
SELECT %(site)s || '-' || place, 'pair', 'held', %(site)s || '/' || place, tstzrange('2020-01-01', NULL), 'bench', 'bench', %(at)s
FROM generate_series(%(first)s, %(count)s) AS place WHERE place %% 20 <> 0

-- name: bare
CREATE TABLE IF NOT EXISTS bench_bare (
    resource text NOT NULL, during tstzrange NOT NULL, line text NOT NULL,
    EXCLUDE USING gist (resource WITH =, during WITH &&)
);
GRANT INSERT ON bench_bare TO PUBLIC

-- name: join
SELECT count(*) FROM network_observation seen
LEFT JOIN network_resource resource ON resource.code = seen.resource
LEFT JOIN network_assignment held ON held.resource_id = seen.resource AND held.during @> %(at)s
WHERE seen.survey_id = (SELECT max(id) FROM network_survey)
