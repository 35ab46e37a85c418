-- The answer holds one list: a row for each of its "products"
WITH products AS (
    SELECT unnest(products, recursive := true)
    FROM read_json_auto('products.json')
)
SELECT category, title, rating, 'rank: #1' AS note
FROM products
QUALIFY row_number() OVER (PARTITION BY category ORDER BY rating DESC) = 1
ORDER BY category
