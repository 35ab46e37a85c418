select
  customer_id,
  count(*) as orders,
  sum(total) as revenue
from {{ source('airbyte', 'orders') }}
where status <> 'cancelled'
group by customer_id
