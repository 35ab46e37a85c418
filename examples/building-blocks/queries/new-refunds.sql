-- Refunds that nobody has booked yet: those with a "real" reason.
SELECT id, amount, reason
FROM refunds
WHERE NOT seen AND reason NOT LIKE '#test: %'
