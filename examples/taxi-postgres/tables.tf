# The files of both kinds of taxi, column by column. What a trip was is known by when, where and how much.
locals {
  tables = {
    green = {
      name = "green_trips"
      columns = [
        { name = "vendor_id", type = "text" },
        { name = "lpep_pickup_datetime", type = "timestamp" },
        { name = "lpep_dropoff_datetime", type = "timestamp" },
        { name = "store_and_fwd_flag", type = "text" },
        { name = "ratecode_id", type = "text" },
        { name = "pickup_location_id", type = "text" },
        { name = "dropoff_location_id", type = "text" },
        { name = "passenger_count", type = "integer" },
        { name = "trip_distance", type = "double precision" },
        { name = "fare_amount", type = "numeric(10, 2)" },
        { name = "extra", type = "numeric(10, 2)" },
        { name = "mta_tax", type = "numeric(10, 2)" },
        { name = "tip_amount", type = "numeric(10, 2)" },
        { name = "tolls_amount", type = "numeric(10, 2)" },
        { name = "ehail_fee", type = "numeric(10, 2)" },
        { name = "improvement_surcharge", type = "numeric(10, 2)" },
        { name = "total_amount", type = "numeric(10, 2)" },
        { name = "payment_type", type = "integer" },
        { name = "trip_type", type = "integer" },
        { name = "congestion_surcharge", type = "numeric(10, 2)" },
      ]
      key = ["vendor_id", "lpep_pickup_datetime", "lpep_dropoff_datetime", "pickup_location_id", "dropoff_location_id", "fare_amount", "trip_distance"]
    }
    yellow = {
      name = "yellow_trips"
      columns = [
        { name = "vendor_id", type = "text" },
        { name = "tpep_pickup_datetime", type = "timestamp" },
        { name = "tpep_dropoff_datetime", type = "timestamp" },
        { name = "passenger_count", type = "integer" },
        { name = "trip_distance", type = "double precision" },
        { name = "ratecode_id", type = "text" },
        { name = "store_and_fwd_flag", type = "text" },
        { name = "pickup_location_id", type = "text" },
        { name = "dropoff_location_id", type = "text" },
        { name = "payment_type", type = "integer" },
        { name = "fare_amount", type = "numeric(10, 2)" },
        { name = "extra", type = "numeric(10, 2)" },
        { name = "mta_tax", type = "numeric(10, 2)" },
        { name = "tip_amount", type = "numeric(10, 2)" },
        { name = "tolls_amount", type = "numeric(10, 2)" },
        { name = "improvement_surcharge", type = "numeric(10, 2)" },
        { name = "total_amount", type = "numeric(10, 2)" },
        { name = "congestion_surcharge", type = "numeric(10, 2)" },
      ]
      key = ["vendor_id", "tpep_pickup_datetime", "tpep_dropoff_datetime", "pickup_location_id", "dropoff_location_id", "fare_amount", "trip_distance"]
    }
  }
}
