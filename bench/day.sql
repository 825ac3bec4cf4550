-- name: advisers
INSERT INTO people_adviser (number, name, phone, email, languages, backup_id, changed_by, changed_at)
SELECT 'B-' || n, 'Conseiller ' || n, '+33199001234', 'b' || n || '@example.org', '{fr}', 'A-1', 'bench', %(at)s
FROM generate_series(1, %(advisers)s) AS n
ON CONFLICT (number) DO NOTHING

-- name: spread
-- Each adviser has their own customers; those of L-0 to L-499 stay with who reads.
UPDATE people_customer AS customer
SET adviser_id = CASE WHEN place < %(mine)s THEN 'A-1' ELSE 'B-' || (place %% %(advisers)s + 1) END
FROM (SELECT id, substr(number, 3)::bigint AS place FROM people_customer WHERE number ~ '^L-[0-9]+$') AS known
WHERE known.id = customer.id AND adviser_id !~ '^B-'

-- name: cases
-- One for each of a fifth of the customers: all 500 of who reads.
INSERT INTO cases_case (reference, survivor_id, level, customer_id, subject, kind, owner_id, state, opened_at)
SELECT 'LB-' || lpad(n::text, 8, '0'), 'LB-' || lpad(n::text, 8, '0'), 0, customer.number, 'bench:' || n, 'conversation', customer.adviser_id, 'open',
       %(at)s::timestamptz - n %% 400 * interval '1 hour'
FROM generate_series(0, GREATEST(%(mine)s, %(customers)s / 5) - 1) AS n
JOIN people_customer AS customer ON customer.number = 'L-' || n
ON CONFLICT (reference) DO NOTHING

-- name: journeys
INSERT INTO flow_journey (uuid, kind, version, customer, subject, trigger, started_at, state, lines)
SELECT md5('bench-' || n)::uuid, 'termination', 1, 'L-' || n %% %(customers)s, 'bench:' || n, 'bench', %(at)s, 'running', 0
FROM generate_series(0, %(steps)s - 1) AS n
ON CONFLICT (uuid) DO NOTHING

-- name: steps
-- One in twenty passed its day in silence.
INSERT INTO flow_step (journey_id, customer, place, name, department, after, state, expected_on, opened_at, handed_over_at, times)
SELECT md5('bench-' || n)::uuid, 'L-' || n %% %(customers)s, 1, 'issue_closing_bill', 'billing', '{}', 'open',
       %(at)s::date + (n %% 60)::int, %(at)s, CASE WHEN n %% 20 = 0 THEN %(at)s::timestamptz END, 1
FROM generate_series(0, %(steps)s - 1) AS n
ON CONFLICT (journey_id, name) DO NOTHING

-- name: entries
-- One in five came by e-mail; of these one in a thousand waits for an answer. Some words everybody says, some hardly anybody.
INSERT INTO channels_entry (uuid, customer, "case", medium, direction, text, happened_at, recorded_at, recorded_by)
SELECT md5('entry-' || n)::uuid, 'L-' || n %% %(customers)s, '', CASE WHEN n %% 5 = 0 THEN 'email' ELSE 'call' END, 'in',
       'Appel numéro ' || n || ' : la box clignote, le technicien doit passer'
       || CASE WHEN n %% 10 = 0 THEN ', et le décodeur aussi' ELSE '' END
       || CASE WHEN n %% 199 = 0 THEN ', sinon résiliation' ELSE '' END
       || CASE WHEN n %% 9973 = 0 THEN ', un huissier est venu' ELSE '' END || '.',
       %(at)s::timestamptz - n * interval '1 second', %(at)s::timestamptz - n * interval '1 second', 'bench'
FROM generate_series(0, %(entries)s - 1) AS n
ON CONFLICT (uuid) DO NOTHING

-- name: answered
INSERT INTO channels_noanswerneeded (entry_id, reason, "by", at)
SELECT md5('entry-' || n)::uuid, 'bench', 'bench', %(at)s
FROM generate_series(0, %(entries)s - 1, 5) AS n WHERE n %% 5000 <> 0
ON CONFLICT (entry_id) DO NOTHING

-- name: promises
INSERT INTO promises_spokenpromise (uuid, customer, made_in, text, due_on, due_time, owner_id, made_at, state, closed_by, note)
SELECT md5('promise-' || n)::uuid, 'L-' || n, md5('made-' || n)::uuid, 'Rappeler', %(at)s::date,
       CASE WHEN n %% 2 = 0 THEN time '09:00' END, customer.adviser_id, %(at)s, 'open', '', ''
FROM generate_series(0, %(customers)s / 20) AS n JOIN people_customer AS customer ON customer.number = 'L-' || n
ON CONFLICT (uuid) DO NOTHING

-- name: known
SELECT (SELECT count(*) FROM cases_case WHERE state = 'open'), (SELECT count(*) FROM flow_step WHERE state = 'open'),
       (SELECT count(*) FROM flow_step WHERE state = 'open' AND handed_over_at IS NOT NULL),
       (SELECT count(*) FROM channels_entry),
       (SELECT count(*) FROM channels_entry AS entry WHERE medium = 'email'
        AND NOT EXISTS (SELECT FROM channels_noanswerneeded WHERE entry_id = entry.uuid))
