-- name: report
-- One look: of what is added up the sum, of how things stood the last day that was counted.
WITH days AS (
  SELECT day, counted_at FROM figures_day WHERE day BETWEEN %(first)s AND %(last)s
), found AS (
  SELECT figure, about, adviser, sum(count) AS count
  FROM figures_count
  WHERE day_id BETWEEN %(first)s AND %(last)s
    AND (figure <> ALL(%(standing)s) OR day_id = (SELECT max(day) FROM days))
    AND (%(adviser)s = '' OR adviser = %(adviser)s)
    AND (
      %(territory)s = ''
      OR adviser IN (SELECT adviser_id FROM people_coverage WHERE territory_id = %(territory)s)
    )
  GROUP BY figure, about, adviser
)
SELECT (SELECT count(*) FROM days), (SELECT max(day) FROM days), (SELECT min(counted_at) FROM days),
       (SELECT COALESCE(jsonb_agg(jsonb_build_array(number, name) ORDER BY name, number), '[]') FROM people_adviser),
       (SELECT COALESCE(jsonb_agg(jsonb_build_array(code, name) ORDER BY name, code), '[]') FROM people_territory),
       (SELECT COALESCE(jsonb_agg(jsonb_build_array(figure, about, adviser, count)
                                  ORDER BY figure, about, adviser), '[]') FROM found)
