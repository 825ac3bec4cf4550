-- name: offered
-- The windows that technicians work who can do it there, on these days; what they have in them already is another matter.
-- Many work the same hours: their windows are counted out once.
windows AS MATERIALIZED (
    SELECT technicians, tstzrange(
        (day + starts + make_interval(mins => nth * minutes)) AT TIME ZONE %(zone)s,
        (day + starts + make_interval(mins => (nth + 1) * minutes)) AT TIME ZONE %(zone)s
    ) AS during
    FROM (
        SELECT hours.weekday, hours.starts, hours.ends, hours.minutes, array_agg(hours.technician_id) AS technicians
        FROM visits_technician technician
        JOIN visits_area area ON area.technician_id = technician.number AND area.territory_id = %(territory)s
        JOIN visits_workinghours hours ON hours.technician_id = technician.number
        WHERE technician.works AND technician.skills @> ARRAY[%(skill)s]::varchar[]
        GROUP BY hours.weekday, hours.starts, hours.ends, hours.minutes
    ) AS worked
    JOIN unnest(%(days)s::date[]) AS day ON weekday = extract(isodow FROM day)::int
    CROSS JOIN LATERAL generate_series(0, (extract(epoch FROM ends - starts) / 60)::int / minutes - 1) AS nth
), offered AS (
    SELECT technician, during FROM windows CROSS JOIN LATERAL unnest(technicians) AS technician
)

-- name: free
-- What each of them has is gathered once; a hold that is over counts no longer.
WITH {offered}, busy AS (
    SELECT technician_id AS technician, range_agg(during) AS whole
    FROM (
        SELECT technician_id, during FROM visits_visit
        WHERE during && %(span)s AND state IN ('held', 'booked', 'on the way', 'done')
            AND (held_until IS NULL OR held_until > %(at)s)
        UNION ALL
        SELECT technician_id, during FROM visits_timeoff WHERE during && %(span)s
    ) AS taken
    GROUP BY technician_id
)
SELECT lower(offered.during), upper(offered.during), count(*)
FROM offered LEFT JOIN busy USING (technician)
WHERE whole IS NULL OR NOT whole && offered.during
GROUP BY offered.during
ORDER BY offered.during

-- name: is_offered
WITH {offered} SELECT EXISTS (SELECT FROM offered WHERE during = %(slot)s)
