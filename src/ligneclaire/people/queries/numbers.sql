-- name: person
-- All numbers of the person who is meant by one, each with how it was merged last, if it ever was.
SELECT named.number, named.survivor_id, named.name, named.merged_into_id, last.reason, COALESCE(adviser.name, last.by),
       last.at
FROM people_customer AS named
LEFT JOIN LATERAL (
  SELECT reason, by, at FROM people_mergeevent WHERE customer_id = named.number ORDER BY at DESC, id DESC LIMIT 1
) AS last ON true
LEFT JOIN people_adviser AS adviser ON 'adviser:' || adviser.number = last.by
WHERE named.survivor_id = (SELECT survivor_id FROM people_customer WHERE number = %(number)s)
ORDER BY named.number
