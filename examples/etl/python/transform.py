"""Writes the prices as a table; a product without a price is left out."""

import csv
import json

with open("products.json", encoding="utf-8") as file:
    products = json.load(file)["products"]

with open("prices.csv", "w", newline="", encoding="utf-8") as file:
    table = csv.DictWriter(file, ["id", "category", "price"])
    table.writeheader()
    for product in products:
        if product.get("price") is not None:
            table.writerow({"id": product["id"], "category": product["category"], "price": f"{product['price']:.2f}"})
