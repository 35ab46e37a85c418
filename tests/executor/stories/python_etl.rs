//! The module `python-etl` with the scripts of an example: a step finds the files of those before it, a package of its own
//! and its secret; what it says in Kestra's way are outputs.

use std::{fs, io::Write, path::Path, process::Command};

use harness::missing::skip;
use serde_json::json;
use zip::{ZipWriter, write::SimpleFileOptions};

use super::{super::outside::Outside, Stage};
use crate::examples::text;

pub(super) const SECRET: (&str, &str) = ("SHOP_TOKEN", "a token: \"quoted\"");

const NAMESPACE: &str = "company.etl";

const ROOT: &str = r#"
variable "wheels" { type = string }
variable "products_url" { type = string }

module "products" {
  source = "./modules/python-etl"

  id        = "products"
  namespace = "company.etl"
  python = {
    env     = { PRODUCTS_URL = var.products_url, PIP_NO_INDEX = "1", PIP_FIND_LINKS = var.wheels }
    runner  = "process"
    secrets = { TOKEN = "SHOP_TOKEN" }
  }
  steps = [
    { id = "extract", files = ["products.json"], script = file("${path.module}/extract.py") },
    { id = "transform", files = ["prices.csv"], script = file("${path.module}/transform.py") },
    { id = "report", script = file("${path.module}/report.py") },
    { id = "check", dependencies = ["counting==1.0"], script = file("${path.module}/check.py") },
  ]
}
"#;

/// Braces that are Python's, a package that was asked for, and outputs.
const CHECK: &str = r#"
import json, os
from counting import counted

rows = counted(open("prices.csv", encoding="utf-8"))
braces = f"{{ {rows} }}"
print("::" + json.dumps({"outputs": {"rows": rows, "braces": braces, "token": len(os.environ["TOKEN"])}}) + "::")
"#;

const PRODUCTS: &str = r#"{"products": [
  {"id": 1, "category": "books", "price": 10},
  {"id": 2, "category": "books", "price": 5.5},
  {"id": 3, "category": "pens"}
]}"#;

pub(super) async fn story(stage: &Stage) {
    let pip = Command::new("python3").args(["-m", "pip", "--version"]).output();
    if !pip.is_ok_and(|pip| pip.status.success()) {
        return skip(
            "there is no `python3` with pip on PATH; install the packages `python3` and `python3-pip`",
        );
    }
    let wheels = tempfile::tempdir().expect("a temporary folder");
    wheel(wheels.path());
    let shop = Outside::start(&[("GET", "/products?limit=0", PRODUCTS)]).await;
    let variables = json!({"wheels": wheels.path(), "products_url": format!("{}/products", shop.url)});
    let scripts = ["extract.py", "transform.py", "report.py"];
    let scripts = scripts.map(|name| (name, text(&format!("examples/etl/python/{name}"))));
    let mut given: Vec<_> = scripts.iter().map(|(name, script)| (*name, script.as_str())).collect();
    let variables = variables.to_string();
    given.extend([("check.py", CHECK), ("terraform.tfvars.json", &variables)]);
    stage.apply_root(ROOT, &given);

    let id = stage.api.ended(NAMESPACE, "products", &[], "SUCCESS").await;
    stage.api.logged(&id, "books: 7.75").await;
    let said = stage.api.outputs(&id, "check").await["vars"].clone();
    assert_eq!(said, json!({"rows": 2, "braces": "{ 2 }", "token": SECRET.1.len()}), "{}", stage.line);
    let prices = &stage.api.outputs(&id, "transform").await["outputFiles"]["prices.csv"];
    let lines = stage.api.file(&id, prices).await;
    let lines: Vec<_> = lines.lines().collect();
    assert_eq!(lines, ["id,category,price", "1,books,10.00", "2,books,5.50"], "{}", stage.line);
}

/// A package for pip that no registry has to be asked for.
fn wheel(folder: &Path) {
    let file = fs::File::create(folder.join("counting-1.0-py3-none-any.whl")).expect("a temporary folder");
    let mut archive = ZipWriter::new(file);
    for (name, text) in [
        ("counting.py", "def counted(rows):\n    return sum(1 for _ in rows) - 1\n"),
        ("counting-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: counting\nVersion: 1.0\n"),
        ("counting-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"),
        ("counting-1.0.dist-info/RECORD", "counting.py,,\n"),
    ] {
        archive.start_file(name, SimpleFileOptions::default()).expect("a new file");
        archive.write_all(text.as_bytes()).expect("a temporary folder");
    }
    archive.finish().expect("a temporary folder");
}
