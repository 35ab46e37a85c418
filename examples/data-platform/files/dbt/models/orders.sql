select
    orders.id,
    customers.region,
    date(orders.created_at) as day,
    orders.status,
    orders.amount
from {{ source('raw', 'orders') }} as orders
join {{ source('raw', 'customers') }} as customers on customers.id = orders.customer_id
