# The files of both kinds of taxi, column by column. What a trip was is known by when, where and how much.
locals {
  tables = {
    green = {
      name = "${var.dataset}.green_trips"
      columns = [
        { name = "vendor_id", type = "STRING" },
        { name = "lpep_pickup_datetime", type = "TIMESTAMP" },
        { name = "lpep_dropoff_datetime", type = "TIMESTAMP" },
        { name = "store_and_fwd_flag", type = "STRING" },
        { name = "ratecode_id", type = "STRING" },
        { name = "pickup_location_id", type = "STRING" },
        { name = "dropoff_location_id", type = "STRING" },
        { name = "passenger_count", type = "INT64" },
        { name = "trip_distance", type = "FLOAT64" },
        { name = "fare_amount", type = "NUMERIC" },
        { name = "extra", type = "NUMERIC" },
        { name = "mta_tax", type = "NUMERIC" },
        { name = "tip_amount", type = "NUMERIC" },
        { name = "tolls_amount", type = "NUMERIC" },
        { name = "ehail_fee", type = "NUMERIC" },
        { name = "improvement_surcharge", type = "NUMERIC" },
        { name = "total_amount", type = "NUMERIC" },
        { name = "payment_type", type = "INT64" },
        { name = "trip_type", type = "INT64" },
        { name = "congestion_surcharge", type = "NUMERIC" },
      ]
      key = ["vendor_id", "lpep_pickup_datetime", "lpep_dropoff_datetime", "pickup_location_id", "dropoff_location_id", "fare_amount", "trip_distance"]
    }
    yellow = {
      name = "${var.dataset}.yellow_trips"
      columns = [
        { name = "vendor_id", type = "STRING" },
        { name = "tpep_pickup_datetime", type = "TIMESTAMP" },
        { name = "tpep_dropoff_datetime", type = "TIMESTAMP" },
        { name = "passenger_count", type = "INT64" },
        { name = "trip_distance", type = "FLOAT64" },
        { name = "ratecode_id", type = "STRING" },
        { name = "store_and_fwd_flag", type = "STRING" },
        { name = "pickup_location_id", type = "STRING" },
        { name = "dropoff_location_id", type = "STRING" },
        { name = "payment_type", type = "INT64" },
        { name = "fare_amount", type = "NUMERIC" },
        { name = "extra", type = "NUMERIC" },
        { name = "mta_tax", type = "NUMERIC" },
        { name = "tip_amount", type = "NUMERIC" },
        { name = "tolls_amount", type = "NUMERIC" },
        { name = "improvement_surcharge", type = "NUMERIC" },
        { name = "total_amount", type = "NUMERIC" },
        { name = "congestion_surcharge", type = "NUMERIC" },
      ]
      key = ["vendor_id", "tpep_pickup_datetime", "tpep_dropoff_datetime", "pickup_location_id", "dropoff_location_id", "fare_amount", "trip_distance"]
    }
  }
}
