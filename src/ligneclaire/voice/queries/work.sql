-- name: waiting
-- Open steps; `tells` is the topic whose date, once told, is the promise of a step.
waiting AS (
  SELECT step.id, step.customer, step.department, step.name, step.opened_at, step.expected_on, step.handed_over_at,
         journey.uuid AS plan, journey.kind, journey.subject, tells.key AS tells
  FROM flow_step AS step
  JOIN flow_journey AS journey ON journey.uuid = step.journey_id
  LEFT JOIN unnest(%(kinds)s::text[], %(versions)s::int[], %(steps)s::text[], %(keys)s::text[])
    AS tells (kind, version, step, key)
    ON tells.kind = journey.kind AND tells.version = journey.version AND tells.step = step.name
  WHERE step.state = 'open' AND (%(department)s = '' OR step.department = %(department)s)
), found AS (
  -- While a step is open, the date that was told last is the one promise that still waits to be kept; LIMIT keeps a
  -- lookup by its index for each, where fresh statistics would be needed to choose it.
  SELECT waiting.*, promise.due_on AS promised_on, LEAST(promise.due_on, waiting.expected_on) AS due_on,
         waiting.handed_over_at IS NOT NULL OR LEAST(promise.due_on, waiting.expected_on) < %(today)s AS is_late
  FROM waiting
  LEFT JOIN LATERAL (
    SELECT due_on FROM promises_promise
    WHERE customer = waiting.customer AND subject = waiting.subject AND key = waiting.tells
      AND matter = 'value' AND state IN ('open', 'unconfirmed')
    LIMIT 1
  ) AS promise ON true
)

-- name: list
, chosen AS (
  SELECT *, row_number() OVER (ORDER BY promised_on NULLS LAST, expected_on, id) AS place
  FROM found
  WHERE %(only)s = 'all'
     OR (%(only)s = 'late' AND is_late)
     OR (%(only)s = 'today' AND due_on = %(today)s)
     OR (%(only)s = 'week' AND due_on BETWEEN %(today)s AND %(week_ends)s)
  ORDER BY place LIMIT %(limit)s OFFSET %(skip)s
)
SELECT (
  SELECT jsonb_build_object(
    'all', count(*),
    'late', count(*) FILTER (WHERE is_late),
    'today', count(*) FILTER (WHERE due_on = %(today)s),
    'week', count(*) FILTER (WHERE due_on BETWEEN %(today)s AND %(week_ends)s)
  ) FROM found
)::text, (
  SELECT jsonb_agg(to_jsonb(one) - 'place' ORDER BY one.place)
  FROM (
    SELECT chosen.place, chosen.customer, customer.name AS customer_name, chosen.plan, chosen.kind, chosen.subject,
           chosen.name, chosen.tells, chosen.opened_at, chosen.expected_on, chosen.promised_on, chosen.is_late,
           owner.number AS owner, owner.name AS owner_name
    FROM chosen
    JOIN people_meant AS customer ON customer.number = chosen.customer
    LEFT JOIN cases_case AS named
      ON named.customer_id = chosen.customer AND named.subject = chosen.subject AND named.state = 'open'
    LEFT JOIN cases_case AS matter ON matter.reference = named.survivor_id
    JOIN people_adviser AS owner ON owner.number = COALESCE(matter.owner_id, customer.adviser_id)
  ) AS one
)::text

-- name: departments
SELECT department, count(*), count(*) FILTER (WHERE is_late) FROM found GROUP BY department ORDER BY department
