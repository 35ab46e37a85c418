SELECT customer, sum(price * quantity) AS spent -- in EUR
FROM orders
GROUP BY customer
ORDER BY spent DESC
LIMIT 3
