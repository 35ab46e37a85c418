//! The sandbox's page in a real browser: people find their way, see what happens while it happens, and nothing comes from
//! elsewhere. The pictures in the documentation are made here.

use std::fs;

use harness::{Browser, Shipped, engine::prepared};
use reqwest::{Client, Method, multipart::Form};
use schema::KestraLine;
use serde_json::Value;

use crate::{golden::blesses, tidy::root};

/// The flow that the pictures show.
const ORDERS: &str = r#"id: daily-orders
namespace: company.sales
description: Sums up the orders of the day, and tells the team when some are late.
labels:
  team: sales

inputs:
  - id: day
    type: STRING
    defaults: today
    description: The day that is summed up.

tasks:
  - id: fetch # Stands for the call of the shop.
    type: io.kestra.plugin.core.debug.Return
    format: '{"total": 42, "late": 3}'

  - id: regions
    type: io.kestra.plugin.core.flow.Parallel
    tasks:
      - id: north
        type: io.kestra.plugin.core.flow.Sleep
        duration: PT0.8S
      - id: south
        type: io.kestra.plugin.core.flow.Sleep
        duration: PT1.5S

  - id: check
    type: io.kestra.plugin.core.flow.If
    condition: "{{ fromJson(outputs.fetch.value).late > 0 }}"
    then:
      - id: tell
        type: io.kestra.plugin.core.log.Log
        level: WARN
        message: "{{ fromJson(outputs.fetch.value).late }} orders are late."

  - id: report
    type: io.kestra.plugin.core.log.Log
    message: "{{ fromJson(outputs.fetch.value).total }} orders on {{ inputs.day }}."

outputs:
  - id: total
    type: INT
    value: "{{ fromJson(outputs.fetch.value).total }}"

triggers:
  - id: every-morning
    type: io.kestra.plugin.core.trigger.Schedule
    cron: "0 6 * * *"
    timezone: Europe/Berlin
"#;

/// A flow that waits for a person.
const APPROVAL: &str = r#"id: approval
namespace: company.sales
tasks:
  - id: ask
    type: io.kestra.plugin.core.flow.Pause
  - id: tell
    type: io.kestra.plugin.core.log.Log
    message: It is approved.
"#;

/// Whom a protected sandbox lets in.
const USER: &str = "ann:hunter22";

/// A running sandbox with the flow in two revisions, and a browser.
struct Visit {
    sandbox: Shipped,
    /// The sandbox's address, with the user where it has one.
    url: String,
    http: Client,
    browser: Browser,
}

impl Visit {
    /// `None` where there is no browser.
    async fn start(arguments: &[&str]) -> Option<Visit> {
        let browser = Browser::start().await?;
        let http = Client::builder().no_proxy().build().expect("a client");
        let sandbox = Shipped::start(arguments);
        let user = if arguments.contains(&USER) { format!("{USER}@") } else { String::new() };
        let url = sandbox.url().replace("//", &format!("//{user}"));
        let visit = Visit { sandbox, url, http, browser };
        visit.call(Method::POST, "flows", &ORDERS.replace("0 6 * * *", "30 5 * * *")).await;
        visit.call(Method::PUT, "flows/company.sales/daily-orders", ORDERS).await;
        let finance = ORDERS.replace("company.sales", "company.finance");
        visit.call(Method::POST, "flows", &finance).await;
        Some(visit)
    }

    /// Asks the API.
    async fn call(&self, method: Method, path: &str, body: &str) -> Value {
        let request = self.http.request(method, format!("{}/api/v1/main/{path}", self.url));
        let request = match body {
            "" => request,
            flow => request.header("content-type", "application/x-yaml").body(flow.to_owned()),
        };
        let text = request.send().await.expect("an answer").error_for_status().expect("it is accepted");
        serde_json::from_str(&text.text().await.expect("a text")).unwrap_or_default()
    }

    /// Starts a flow by the API, and returns the execution's id.
    async fn execute(&self, flow: &str) -> String {
        let url = format!("{}/api/v1/main/executions/company.sales/{flow}", self.url);
        let sent = self.http.post(url).multipart(Form::new().text("day", "2030-01-31")).send().await;
        let created: Value = sent.expect("an answer").json().await.expect("JSON");
        created["id"].as_str().unwrap_or_else(|| panic!("{created}")).to_owned()
    }

    async fn open(&self, path: &str) {
        self.browser.open(&format!("{}{path}", self.url)).await;
    }

    /// Waits until the page shows these words.
    async fn reads(&self, words: &str) {
        self.browser.until(&format!("document.body.innerText.includes({words:?})")).await;
    }

    /// Nothing was asked for elsewhere, and no page complained.
    async fn was_quiet(&self) {
        let requests = self.browser.requests().await;
        assert!(requests.len() > 5, "{requests:?}");
        let ours = [self.sandbox.url(), &self.url].map(|url| format!("{url}/"));
        let is_ours = |url: &str| ours.iter().any(|ours| url.starts_with(ours));
        let foreign: Vec<&String> = requests.iter().filter(|url| !is_ours(url)).collect();
        assert!(foreign.is_empty(), "{foreign:?}");
        let said = self.browser.console().await;
        assert!(said.is_empty(), "{said:?}");
    }

    /// Takes a picture on light and on dark; it is committed when files are to be rewritten.
    async fn picture(&self, name: &str, width: u32, height: u32) {
        for (scheme, suffix) in [("light", ""), ("dark", "-dark")] {
            self.browser.look(width, height, scheme).await;
            self.browser.value("scrollTo(0, 0)").await;
            let picture = self.browser.picture().await;
            assert_eq!(size(&picture), (width, height), "{name} on {scheme}");
            // A blank picture of this size is far smaller, and a larger one does not belong into the repository.
            assert!(
                (25_000..150_000).contains(&picture.len()),
                "{name} on {scheme}: {} bytes",
                picture.len()
            );
            if blesses() {
                let path = root().join(format!("docs/images/{name}{suffix}.png"));
                fs::write(&path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            }
        }
    }

    /// The page is readable in a narrow window: only what is wide by itself has a scroll bar of its own.
    async fn is_readable_on_a_phone(&self) {
        self.browser.look(390, 800, "light").await;
        let width = self.browser.value("document.documentElement.scrollWidth").await;
        assert_eq!(width, 390);
    }
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG"), "no PNG");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

#[tokio::test]
async fn people_find_from_the_namespaces_to_what_changed_in_a_flow() {
    let Some(visit) = Visit::start(&[]).await else { return };
    let browser = &visit.browser;
    visit.open("/").await;
    browser.press("body", "\u{e004}").await;
    assert_eq!(browser.value("document.activeElement.className").await, "skip", "the Tab key begins there");
    visit.reads("2 flows, 0 KV values, 0 files").await;
    browser.click("a[href='/namespaces/company.sales']").await;
    visit.reads("Secrets are never shown").await;
    browser.click("a[href='/flows/company.sales/daily-orders']").await;
    visit.reads("Would fire next").await;
    browser.until("document.querySelector('#topology img').naturalWidth > 100").await;
    let title = browser.value("document.title").await;
    assert_eq!(title, "daily-orders · sandbox");
    let colours = browser.value("document.querySelectorAll('.source .key').length > 20").await;
    assert_eq!(colours, true, "the source is in colours");
    visit.picture("sandbox-flow", 1280, 1150).await;
    visit.is_readable_on_a_phone().await;
    browser.click("a[href$='/revisions']").await;
    visit.reads("cron 30 5 * * * → 0 6 * * *").await;
    assert_eq!(browser.value("document.querySelectorAll('.diff .added').length").await, 1);
    browser.press("input[name=q]", "finance\n").await;
    visit.reads("1 flow for “finance”").await;
    visit.was_quiet().await;
}

#[tokio::test]
async fn a_new_line_of_a_log_appears_by_itself() {
    for arguments in [&[][..], &["--auth", USER]] {
        let Some(visit) = Visit::start(arguments).await else { return };
        let id = visit.execute("daily-orders").await;
        visit.open("/executions").await;
        visit.browser.click(&format!("a[href='/executions/{id}']")).await;
        visit.reads("No engine is attached to this sandbox").await;
        visit.browser.value("window.first = document.querySelectorAll('.log li').length").await;
        visit.call(Method::DELETE, &format!("executions/{id}/kill"), "").await;
        visit.reads("The wish to kill this execution").await;
        let more = visit.browser.value("document.querySelectorAll('.log li').length - window.first").await;
        assert_eq!(more, 1, "the page was not loaded again");
        visit.is_readable_on_a_phone().await;
        visit.was_quiet().await;
    }
}

#[tokio::test]
async fn a_running_execution_is_seen_until_its_end() {
    if prepared(KestraLine::V1_3).is_none() {
        return;
    }
    let Some(visit) = Visit::start(&["--engine"]).await else { return };
    visit.call(Method::POST, "flows", APPROVAL).await;
    let id = visit.execute("approval").await;
    visit.open(&format!("/executions/{id}")).await;
    visit.browser.value("window.first = true").await;
    visit.browser.until("document.title.startsWith('approval PAUSED')").await;
    visit.call(Method::POST, &format!("executions/{id}/resume"), "").await;
    visit.reads("It is approved.").await;
    visit.browser.until("document.title.startsWith('approval SUCCESS')").await;
    assert_eq!(visit.browser.value("window.first").await, true, "the page was not loaded again");
    visit.open(&format!("/executions/{}", visit.execute("daily-orders").await)).await;
    visit.browser.until("document.title.startsWith('daily-orders SUCCESS')").await;
    for words in ["3 orders are late.", "42 orders on 2030-01-31."] {
        visit.reads(words).await;
    }
    visit.browser.until("document.querySelectorAll('.timeline rect.good').length === 7").await;
    let total = visit.browser.value("document.querySelector('#outputs td').innerText").await;
    assert_eq!(total, "42");
    visit.picture("sandbox-execution", 1280, 1120).await;
    visit.is_readable_on_a_phone().await;
    visit.was_quiet().await;
}
