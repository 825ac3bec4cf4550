-- name: alarms
-- Only advisers who come near the number at all are looked at hour by hour. An alarm is at the last time it was
-- reached; all numbers of a person are one customer; what a supervisor ticked off is none.
WITH alone AS (
  SELECT read.adviser_id, customer.survivor_id AS customer_id, at
  FROM cases_read AS read JOIN people_customer AS customer ON customer.number = read.customer_id
  WHERE basis = 'OCCASION' AND at > %(since)s AND at <= %(until)s
), many AS (
  SELECT adviser_id FROM alone GROUP BY adviser_id HAVING count(DISTINCT customer_id) >= %(most)s
), hours AS (
  SELECT
    adviser_id,
    at,
    (
      SELECT count(DISTINCT near.customer_id)
      FROM alone AS near
      WHERE near.adviser_id = alone.adviser_id AND near.at > alone.at - interval '1 hour' AND near.at <= alone.at
    ) AS customers
  FROM alone JOIN many USING (adviser_id)
)
SELECT adviser.number, adviser.name, max(customers), max(at) AS reached
FROM hours JOIN people_adviser AS adviser ON adviser.number = hours.adviser_id
WHERE customers >= %(most)s
  AND NOT EXISTS (
    SELECT FROM cases_alarmnote AS note WHERE note.adviser_id = hours.adviser_id AND note.reached_at >= hours.at
  )
GROUP BY adviser.number, adviser.name
ORDER BY reached DESC, adviser.number
