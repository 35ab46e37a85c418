"""Fetches the products of the shop, all of them at once."""

import os
import urllib.request

with urllib.request.urlopen(f"{os.environ['PRODUCTS_URL']}?limit=0", timeout=60) as answer:
    products = answer.read()

with open("products.json", "wb") as file:
    file.write(products)
