CREATE TABLE IF NOT EXISTS orders (
  order_id integer PRIMARY KEY,
  customer text NOT NULL,
  product  text NOT NULL,
  price    numeric(10, 2) NOT NULL,
  quantity integer NOT NULL
);

-- Rows as they come, before they are merged.
CREATE TABLE IF NOT EXISTS orders_staging (LIKE orders);
TRUNCATE orders_staging;
