-- name: newest
SELECT message.uuid, message.customer, customer.name, message.subject, message.destination, message.answer, message.failing_since,
       owner.number, owner.name
FROM channels_message AS message
JOIN people_customer AS customer ON customer.number = message.customer
JOIN cases_case AS named ON named.reference = message.case
JOIN cases_case AS matter ON matter.reference = named.survivor_id
JOIN people_adviser AS owner ON owner.number = matter.owner_id
WHERE message.state = 'undeliverable' AND message.ticked_off_at IS NULL
ORDER BY owner.number = %(adviser)s DESC, message.failing_since DESC, message.id DESC
LIMIT %(limit)s
