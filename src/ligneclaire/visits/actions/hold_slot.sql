-- name: hold
-- One statement: holds that are over give up this time, whoever is free and has least to do that day gets it.
-- The count of what was given up is there so that it is given up first.
WITH {offered}, given_up AS (
    DELETE FROM visits_visit WHERE id IN (
        SELECT id FROM visits_visit
        WHERE state = 'held' AND (need_id = %(need)s OR held_until <= %(at)s AND during && %(slot)s)
        ORDER BY id
        FOR UPDATE SKIP LOCKED
    )
    RETURNING id
), free AS (
    SELECT technician.number
    FROM visits_technician technician
    LEFT JOIN (
        SELECT technician_id, count(*) FROM visits_visit
        WHERE during && %(day)s AND state IN ('held', 'booked', 'on the way', 'done')
        GROUP BY technician_id
    ) AS today ON today.technician_id = technician.number
    WHERE technician.number IN (SELECT offered.technician FROM offered WHERE offered.during = %(slot)s)
        AND NOT EXISTS (
            SELECT FROM visits_visit taken
            WHERE taken.technician_id = technician.number AND taken.during && %(slot)s
                AND taken.state IN ('held', 'booked', 'on the way', 'done')
                AND NOT (taken.state = 'held' AND (taken.need_id = %(need)s OR taken.held_until <= %(at)s))
        )
        AND NOT EXISTS (
            SELECT FROM visits_timeoff off WHERE off.technician_id = technician.number AND off.during && %(slot)s
        )
    ORDER BY coalesce(today.count, 0), technician.number
    LIMIT 1
    FOR NO KEY UPDATE OF technician SKIP LOCKED
), given AS (
    INSERT INTO visits_visit
        (reference, need_id, technician_id, during, state, held_until, sequence, result, none_because, missed_by,
         changed_by, changed_at)
    SELECT %(reference)s, %(need)s, free.number, %(slot)s, 'held', %(until)s, 0, '', '', '', %(by)s, %(at)s
    FROM free CROSS JOIN (SELECT count(*) FROM given_up) AS before
    ON CONFLICT DO NOTHING
    RETURNING reference
)
SELECT (SELECT number FROM free), (SELECT reference FROM given)
