//! The example `taxi-postgres` with a month of four trips: a month that is loaded twice adds nothing, and a corrected file
//! changes rows instead of adding them.

use std::io::Write;

use axum::{Router, routing::get};
use flate2::{Compression, write::GzEncoder};
use harness::Postgres;
use tokio::task::block_in_place;

use super::{super::outside::served, Stage};

pub(super) const SECRET: (&str, &str) = ("WAREHOUSE_PASSWORD", "a password");

const NAMESPACE: &str = "company.taxi";

/// Where the file of January is.
const FILE: &str = "/green/green_tripdata_2019-01.csv.gz";

/// As the taxi commission writes its files: a trip stands there twice, and one has a quoted comma and an empty field.
const JANUARY: &str = "\
VendorID,lpep_pickup_datetime,lpep_dropoff_datetime,store_and_fwd_flag,RatecodeID,PULocationID,DOLocationID,\
passenger_count,trip_distance,fare_amount,extra,mta_tax,tip_amount,tolls_amount,ehail_fee,improvement_surcharge,\
total_amount,payment_type,trip_type,congestion_surcharge
2,2019-01-01 00:10:16,2019-01-01 00:16:32,N,1,97,49,2,.86,6,.5,.5,0,0,,.3,7.3,2,1,
2,2019-01-01 00:27:11,2019-01-01 00:31:38,N,1,49,189,2,.66,4.5,.5,.5,0,0,,.3,5.8,1,1,
2,2019-01-01 00:27:11,2019-01-01 00:31:38,N,1,49,189,2,.66,4.5,.5,.5,0,0,,.3,5.8,1,1,
\"1, 2\",2019-01-01 00:46:20,2019-01-01 01:04:54,N,1,189,17,2,2.68,13.5,.5,.5,2.96,0,,.3,19.71,1,1,2.5
";

pub(super) async fn story(stage: &Stage, postgres: &Postgres) {
    block_in_place(|| postgres.run("postgres", &["CREATE DATABASE taxi"]));
    stage.apply("examples/taxi-postgres");
    let files = serving(JANUARY).await;
    stage.api.set_kv(NAMESPACE, "warehouse_host", postgres.host()).await;
    stage.api.set_kv(NAMESPACE, "taxi_files", &files).await;

    load(stage).await;
    let rows = rows(postgres);
    let address = format!("{files}{FILE}");
    assert_eq!(
        rows,
        [
            format!("1, 2|2019-01-01 00:46:20|2.96|2.50|{address}"),
            format!("2|2019-01-01 00:10:16|0.00||{address}"),
            format!("2|2019-01-01 00:27:11|0.00||{address}"),
        ],
        "{}",
        stage.line
    );
    load(stage).await;
    assert_eq!(self::rows(postgres), rows, "the same month adds nothing, on {}", stage.line);

    let corrected = serving(&JANUARY.replace("2.96", "3.96")).await;
    stage.api.set_kv(NAMESPACE, "taxi_files", &corrected).await;
    load(stage).await;
    let expected = format!("1, 2|2019-01-01 00:46:20|3.96|2.50|{corrected}{FILE}");
    let after = self::rows(postgres);
    assert_eq!((&after[0], after.len()), (&expected, rows.len()), "{}", stage.line);
}

async fn load(stage: &Stage) {
    let id = stage.api.ended(NAMESPACE, "load-green-taxi", &[("month", "2019-01")], "SUCCESS").await;
    assert_eq!(stage.api.outputs(&id, "copy").await["rowCount"], 4, "{}", stage.line);
}

/// What the table holds: who drove, when, the tip, the surcharge that some trips lack, and the file.
fn rows(postgres: &Postgres) -> Vec<String> {
    let query = "SELECT vendor_id, lpep_pickup_datetime, tip_amount, congestion_surcharge, source_file \
        FROM green_trips ORDER BY 1, 2";
    block_in_place(|| postgres.ask("taxi", query)).lines().map(str::to_owned).collect()
}

/// The address of a server with the month, compressed.
async fn serving(month: &str) -> String {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(month.as_bytes()).expect("a file in memory");
    let file = encoder.finish().expect("a file in memory");
    served(Router::new().route(FILE, get(move || async move { file.clone() }))).await
}
