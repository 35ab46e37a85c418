INSERT INTO orders
SELECT * FROM orders_staging
ON CONFLICT (order_id) DO UPDATE
SET customer = excluded.customer, product = excluded.product, price = excluded.price, quantity = excluded.quantity;
