terraform import kestra_namespace_file.query company.team/queries/orders.sql
