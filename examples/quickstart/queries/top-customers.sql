-- The customers of the last seven days: those above 1,000 EUR.
SELECT customer_id, revenue
FROM analytics.customer_revenue
WHERE revenue > 1000 AND customer_id NOT LIKE 'test #%'
ORDER BY revenue DESC
