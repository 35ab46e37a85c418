SELECT * FROM orders -- all of them
