//! A real Chromium without a window, driven over WebDriver as a person drives it. WebDriver is a handful of HTTP calls, made
//! here: the crates for it bring second versions of a dozen packages. Tests that want it are skipped on a machine without one.

use std::{
    env,
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::{Duration, Instant},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use reqwest::Client;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::missing::skip;

/// Names of the browser, the first that is there.
const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A browser that shows nothing on a screen, asks nobody for updates, and may be run by root in a container.
const FLAGS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--hide-scrollbars",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
];

/// Longer than anything takes that a test waits for, even on a loaded machine.
const LONGEST_WAIT: Duration = Duration::from_secs(90);

/// The page is asked again after this time, in milliseconds: a question to a page that goes away is never answered.
const LONGEST_QUESTION: u64 = 1000;

/// The driver does not start where the free port that it chose is taken before it has it.
const STARTS: usize = 5;

/// The name under which WebDriver hands elements out.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running browser with one window; it ends when the value is dropped.
#[derive(Debug)]
pub struct Browser {
    driver: Child,
    /// Kept open: the driver writes to it.
    _output: BufReader<ChildStdout>,
    http: Client,
    session: String,
    _profile: TempDir,
}

impl Browser {
    /// Starts a browser.
    ///
    /// `None` where Chromium or its driver is missing, with a line on stderr. Where `CI` is set, that is an error instead.
    ///
    /// # Panics
    /// The browser is required and missing, or does not start.
    pub async fn start() -> Option<Self> {
        let browser = BROWSERS.iter().find_map(|name| on_path(name));
        let Some((browser, driver)) = browser.zip(on_path("chromedriver")) else {
            skip(
                "there is no Chromium with its driver; install the packages `chromium` and `chromium-driver`",
            );
            return None;
        };
        let profile = tempfile::tempdir().expect("a temporary folder");
        let (driver, output, port) = (0..STARTS).find_map(|_| start(&driver)).expect("chromedriver starts");
        let http = Client::builder().no_proxy().build().expect("a client");
        let session = format!("http://127.0.0.1:{port}/session");
        let mut started = Self { driver, _output: output, http, session, _profile: profile };
        let flags = FLAGS.map(str::to_owned).into_iter();
        let profile = format!("--user-data-dir={}", started._profile.path().display());
        let flags: Vec<String> = flags.chain([profile]).collect();
        let wanted = json!({
            "goog:chromeOptions": {"binary": browser, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            "timeouts": {"script": 2 * LONGEST_QUESTION},
        });
        let answer = started.call("", json!({"capabilities": {"alwaysMatch": wanted}})).await;
        started.session += &format!("/{}", answer["sessionId"].as_str().expect("a session"));
        // The browser's own first page is nobody's business.
        started.open("about:blank").await;
        started.log("browser").await;
        started.log("performance").await;
        Some(started)
    }

    /// Loads a page.
    ///
    /// # Panics
    /// As every call: the browser refuses.
    pub async fn open(&self, url: &str) {
        self.call("/url", json!({"url": url})).await;
    }

    /// Clicks the first element of a CSS selector, as a person does: one that is covered or hidden can't be clicked.
    pub async fn click(&self, selector: &str) {
        let element = self.find(selector).await;
        self.call(&format!("/element/{element}/click"), json!({})).await;
    }

    /// Presses keys where the focus is after an element has it.
    pub async fn press(&self, selector: &str, keys: &str) {
        let element = self.find(selector).await;
        self.call(&format!("/element/{element}/value"), json!({"text": keys})).await;
    }

    /// What an expression of JavaScript is on the page.
    pub async fn value(&self, expression: &str) -> Value {
        self.call("/execute/sync", json!({"script": format!("return {expression};"), "args": []})).await
    }

    /// Waits until an expression of JavaScript is true on the page, which may be another one by then.
    pub async fn until(&self, expression: &str) {
        let script = format!(
            "const [done, end] = [arguments[0], Date.now() + {LONGEST_QUESTION}];
            const look = () => ({expression}) ? done(true) : Date.now() > end ? done(false) : setTimeout(look, 20);
            look();"
        );
        let end = Instant::now() + LONGEST_WAIT;
        while self.answer("/execute/async", &json!({"script": script, "args": []})).await != true {
            assert!(Instant::now() < end, "it does not come true: {expression}");
        }
    }

    /// Makes the window so big, and lets the page be on `light` or `dark`.
    pub async fn look(&self, width: u32, height: u32, scheme: &str) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.chromium("Emulation.setDeviceMetricsOverride", size).await;
        let features = json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]});
        self.chromium("Emulation.setEmulatedMedia", features).await;
    }

    /// The window as a PNG.
    pub async fn picture(&self) -> Vec<u8> {
        let request = self.http.get(format!("{}/screenshot", self.session));
        let answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        let picture = answer["value"].as_str().unwrap_or_else(|| panic!("no picture: {answer}"));
        BASE64_STANDARD.decode(picture).expect("Base64")
    }

    /// What pages have written to the console since the last time, and what the browser complained about there.
    pub async fn console(&self) -> Vec<String> {
        self.log("browser").await
    }

    /// The addresses that pages have asked for since the last time.
    pub async fn requests(&self) -> Vec<String> {
        let events = self.log("performance").await.into_iter();
        let events = events.map(|event| serde_json::from_str::<Value>(&event).expect("JSON"));
        let sent = events.filter(|event| event["message"]["method"] == "Network.requestWillBeSent");
        let url = |event: Value| event["message"]["params"]["request"]["url"].as_str().map(str::to_owned);
        sent.filter_map(url).collect()
    }

    async fn log(&self, kind: &str) -> Vec<String> {
        let entries = self.call("/se/log", json!({"type": kind})).await;
        let messages = entries.as_array().into_iter().flatten().map(|entry| entry["message"].as_str());
        messages.map(|message| message.expect("a message").to_owned()).collect()
    }

    /// Asks Chromium for what WebDriver has no call for.
    async fn chromium(&self, command: &str, parameters: Value) {
        self.call("/goog/cdp/execute", json!({"cmd": command, "params": parameters})).await;
    }

    async fn find(&self, selector: &str) -> String {
        let element = self.call("/element", json!({"using": "css selector", "value": selector})).await;
        element[ELEMENT].as_str().expect("an element").to_owned()
    }

    async fn call(&self, path: &str, body: Value) -> Value {
        let value = self.answer(path, &body).await;
        assert!(value.get("error").is_none(), "{path} {body}: {}: {}", value["error"], value["message"]);
        value
    }

    /// What WebDriver answers, which may be an error.
    async fn answer(&self, path: &str, body: &Value) -> Value {
        let request = self.http.post(format!("{}{path}", self.session)).json(body);
        let mut answer: Value = request.send().await.expect("an answer").json().await.expect("JSON");
        answer["value"].take()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let group = format!("-{}", self.driver.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.driver.wait();
    }
}

fn on_path(name: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths).map(|folder| folder.join(name)).find(|program| program.is_file())
}

/// Starts the driver on a free port, which it says when it is ready; `None` when it ends before that.
fn start(driver: &Path) -> Option<(Child, BufReader<ChildStdout>, String)> {
    // A process group of its own, so that its end is the end of the browser too.
    let mut command = Command::new(driver);
    command.arg("--port=0").process_group(0).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut driver = command.spawn().expect("chromedriver is a program");
    let mut output = BufReader::new(driver.stdout.take().expect("a pipe"));
    let mut said = output.by_ref().lines().map(|line| line.expect("a line of chromedriver"));
    let port = said.find_map(|line| Some(line.split_once("successfully on port ")?.1.to_owned()));
    let Some(port) = port else {
        driver.wait().expect("the driver has ended");
        return None;
    };
    Some((driver, output, port.trim_end_matches('.').to_owned()))
}
