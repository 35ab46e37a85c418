select
  customer_id,
  sum(total) as revenue
from {{ ref('orders') }}
where status <> 'cancelled'
group by customer_id
