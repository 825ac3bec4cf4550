-- name: needs
INSERT INTO visits_need
    (reference, contract, purpose, customer_id, skill, territory_id, place, task, asked_at, changed_by, changed_at)
SELECT left(md5(%(name)s || nth), 12), %(name)s || '-' || nth, 'repair', 'L-' || nth %% %(customers)s, %(skill)s,
    %(territory)s, '', '', %(at)s, 'bench', %(at)s
FROM generate_series(1, %(count)s) AS nth

-- name: visits
-- Every second window of each technician is booked.
WITH windows AS (
    SELECT technician.number, day + hour * interval '1 hour' AS starts,
        row_number() OVER (ORDER BY technician.number, day, hour) AS nth
    FROM visits_technician technician
    CROSS JOIN generate_series(%(at)s::date + 1, %(at)s::date + %(days)s, interval '1 day') AS day
    CROSS JOIN unnest(ARRAY[8, 10, 13, 15]) AS hour
    WHERE technician.skills = ARRAY[%(skill)s]::varchar[] AND extract(isodow FROM day) < 6
)
INSERT INTO visits_visit
    (reference, need_id, technician_id, during, state, sequence, result, none_because, missed_by, changed_by, changed_at)
SELECT left(md5('v' || %(skill)s || nth), 12), left(md5(%(skill)s || nth), 12), number,
    tstzrange(starts AT TIME ZONE 'Europe/Paris', (starts + interval '2 hours') AT TIME ZONE 'Europe/Paris'),
    'booked', 0, '', '', '', 'bench', %(at)s
FROM windows WHERE nth %% %(share)s = 0

-- name: analyze
ANALYZE visits_visit, visits_need, visits_technician, visits_workinghours, visits_area

-- name: scan
SELECT count(*) FROM visits_visit visit
JOIN visits_technician technician ON technician.number = visit.technician_id
WHERE technician.skills = ARRAY[%(skill)s]::varchar[] AND visit.during && tstzrange(%(at)s, %(until)s)
    AND visit.state IN ('held', 'booked', 'on the way', 'done')

-- name: doubles
SELECT count(*) FROM visits_visit one
JOIN visits_visit other ON other.technician_id = one.technician_id AND other.during && one.during AND other.id > one.id
WHERE one.state IN ('held', 'booked') AND other.state IN ('held', 'booked')
