//! Dashboards: stored as text, found by id and title.

use sandbox::{Options, Release};

use crate::kit::Kit;

const YAML: &str = "application/x-yaml";
const DASHBOARD: &str = "id: sales # ours\ntitle: What we sold\ncharts: []\n";

#[tokio::test]
async fn a_dashboard_is_created_changed_found_and_deleted() {
    let kit = Kit::start().await;
    let created = kit.send("POST", "dashboards", YAML, DASHBOARD).await.ok();
    assert_eq!((&created["id"], &created["title"]), (&"sales".into(), &"What we sold".into()));
    assert_eq!(created["sourceCode"], DASHBOARD);

    let changed = DASHBOARD.replace("sold", "sell");
    let updated = kit.send("PUT", "dashboards/sales", YAML, &changed).await.ok();
    assert_eq!((&updated["created"], &updated["title"]), (&created["created"], &"What we sell".into()));
    assert_eq!(kit.call("GET", "dashboards/sales").await.ok(), updated);
    for (q, total) in [("", 1), ("SELL", 1), ("sal", 1), ("other", 0)] {
        assert_eq!(kit.call("GET", &format!("dashboards?q={q}")).await.ok()["total"], total, "{q}");
    }

    assert_eq!(kit.call("DELETE", "dashboards/sales").await.status, 204);
    for method in ["GET", "DELETE"] {
        assert_eq!(kit.call(method, "dashboards/sales").await.status, 404, "{method}");
    }
    assert_eq!(kit.send("PUT", "dashboards/sales", YAML, DASHBOARD).await.status, 404);
}

#[tokio::test]
async fn what_is_no_dashboard_is_refused() {
    let kit = Kit::start().await;
    kit.send("POST", "dashboards", YAML, DASHBOARD).await.ok();
    for (method, path, source, words) in [
        ("POST", "dashboards", DASHBOARD, "Dashboard id already exists"),
        ("POST", "dashboards", "title: x", "Illegal argument: Dashboard id is mandatory"),
        ("POST", "dashboards", "id: x", "title: must not be blank"),
        ("POST", "dashboards", "id: x\ntitle: x\ncolour: red", "Unrecognized field \"colour\""),
        ("POST", "dashboards", "id: [", "Illegal dashboard source"),
        ("POST", "dashboards", "- a", "Illegal dashboard source"),
        ("POST", "dashboards", "", "Required Body [dashboard] not specified"),
        ("PUT", "dashboards/sales", "id: other\ntitle: x", "Illegal dashboard id update"),
    ] {
        let (status, message) = kit.send(method, path, YAML, source).await.refused();
        assert_eq!(status, 422, "{source}: {message}");
        assert!(message.contains(words), "{source}: {message}");
    }
    let kit = Kit::with(Options { emulate: Release::V2_0, ..Options::default() }).await;
    kit.send("POST", "dashboards", YAML, DASHBOARD).await.ok();
    assert_eq!(kit.send("POST", "dashboards", YAML, DASHBOARD).await.status, 409);
}
