-- name: offered
-- The windows that technicians work who can do it there, on these days; what they have in them already is another matter.
offered AS (
    SELECT hours.technician_id AS technician, tstzrange(
        (day + hours.starts + make_interval(mins => nth * hours.minutes)) AT TIME ZONE %(zone)s,
        (day + hours.starts + make_interval(mins => (nth + 1) * hours.minutes)) AT TIME ZONE %(zone)s
    ) AS during
    FROM unnest(%(days)s::date[]) AS day
    JOIN visits_workinghours hours ON hours.weekday = extract(isodow FROM day)
    JOIN visits_technician technician
        ON technician.number = hours.technician_id AND technician.works AND technician.skills @> ARRAY[%(skill)s]::varchar[]
    JOIN visits_area area ON area.technician_id = technician.number AND area.territory_id = %(territory)s
    CROSS JOIN LATERAL generate_series(
        0, (extract(epoch FROM hours.ends - hours.starts) / 60)::int / hours.minutes - 1
    ) AS nth
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
SELECT lower(offered.during), upper(offered.during), count(DISTINCT technician)
FROM offered LEFT JOIN busy USING (technician)
WHERE whole IS NULL OR NOT whole && offered.during
GROUP BY offered.during
ORDER BY offered.during

-- name: is_offered
WITH {offered} SELECT EXISTS (SELECT FROM offered WHERE during = %(slot)s)
