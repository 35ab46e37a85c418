-- Late: paid, not shipped, and older than we promise. "Promise" is ticket #12.
SELECT id, customer, paid_at
FROM orders
WHERE status = 'paid' -- not: 'refunded'
  AND shipped_at IS NULL
  AND paid_at < now() - CAST(:days AS integer) * interval '1 day'
ORDER BY paid_at
