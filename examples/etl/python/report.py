"""Says what the products of each category cost on average."""

import collections
import csv

prices = collections.defaultdict(list)
with open("prices.csv", newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        prices[row["category"]].append(float(row["price"]))

for category, values in sorted(prices.items()):
    print(f"{category}: {sum(values) / len(values):.2f}")
