SELECT region, DATE_TRUNC(day, MONTH) AS month, SUM(amount) AS revenue # in euros
FROM marts.orders
WHERE status != 'refunded'
GROUP BY region, month
