//! A browser that is driven over its debugging pipe.

use std::collections::VecDeque;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::browser;

/// A browser with one page.
pub(crate) struct Browser {
    process: Child,
    commands: ChildStdin,
    messages: BufReader<ChildStdout>,
    last_id: u64,
    session: String,
    events: VecDeque<Value>,
    /// A directory that is its own.
    pub(crate) home: tempfile::TempDir,
}

impl Browser {
    /// Opens a page from disk; nothing where there is no browser, or no shell to hand it its pipes.
    pub(crate) fn open(page: &Path) -> Option<Self> {
        if cfg!(not(unix)) {
            println!("skipped: no shell to hand the browser its pipes");
            return None;
        }
        let program = browser::program()?;
        let home = tempfile::tempdir().unwrap();
        // The pipes of the debugger are the files 3 and 4.
        let mut process = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>&1"])
            .arg(program)
            .args(browser::QUIET)
            .args(["--remote-debugging-pipe", "--force-device-scale-factor=1"])
            .arg(format!("--user-data-dir={}", home.path().join("profile").display()))
            .arg(format!("--log-net-log={}", home.path().join("network.json").display()))
            .arg("about:blank")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let (commands, messages) = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        let events = VecDeque::new();
        let mut browser = Self { process, commands, messages, last_id: 0, session: String::new(), events, home };
        browser.attach(page);
        Some(browser)
    }

    fn attach(&mut self, page: &Path) {
        let target = self.call("Target.createTarget", json!({ "url": "about:blank" }))["targetId"].clone();
        let attached = self.call("Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        let downloads = json!({ "behavior": "allow", "downloadPath": self.home.path(), "eventsEnabled": true });
        self.call("Browser.setDownloadBehavior", downloads);
        self.session = attached["sessionId"].as_str().unwrap().to_owned();
        for domain in ["Page", "Runtime", "Log", "DOM"] {
            self.call(&format!("{domain}.enable"), json!({}));
        }
        self.call("Page.navigate", json!({ "url": format!("file://{}", page.display()) }));
        self.wait("document.readyState === 'complete'");
    }

    /// Sends a command, and waits for its result.
    #[expect(clippy::needless_pass_by_value, reason = "every caller makes it on the spot")]
    pub(crate) fn call(&mut self, method: &str, params: Value) -> Value {
        let id = self.send(method, &params);
        loop {
            let mut message = self.receive();
            if message["id"] == id {
                assert!(message["error"].is_null(), "{method}: {message}");
                return message["result"].take();
            }
            self.events.push_back(message);
        }
    }

    fn send(&mut self, method: &str, params: &Value) -> u64 {
        self.last_id += 1;
        let mut command = json!({ "id": self.last_id, "method": method, "params": params });
        if !self.session.is_empty() && !method.starts_with("Browser.") && !method.starts_with("Target.") {
            command["sessionId"] = self.session.as_str().into();
        }
        self.commands.write_all(format!("{command}\0").as_bytes()).unwrap();
        self.last_id
    }

    fn receive(&mut self) -> Value {
        let mut message = Vec::new();
        self.messages.read_until(0, &mut message).unwrap();
        assert_eq!(message.pop(), Some(0), "the browser is gone");
        serde_json::from_slice(&message).unwrap()
    }

    /// Waits for an event, which it hands out.
    pub(crate) fn event(&mut self, method: &str) -> Value {
        loop {
            if let Some(at) = self.events.iter().position(|event| event["method"] == method) {
                return self.events.remove(at).unwrap()["params"].take();
            }
            let event = self.receive();
            self.events.push_back(event);
        }
    }

    /// What the page printed, threw, or was refused by its policy.
    pub(crate) fn complaints(&mut self) -> Vec<String> {
        self.evaluate("0");
        let is_complaint = |event: &&Value| {
            let method = event["method"].as_str().unwrap_or_default();
            matches!(method, "Runtime.consoleAPICalled" | "Runtime.exceptionThrown" | "Log.entryAdded")
        };
        self.events.iter().filter(is_complaint).map(Value::to_string).collect()
    }

    /// The value of an expression, a promise's when it is kept.
    pub(crate) fn evaluate(&mut self, expression: &str) -> Value {
        let params = json!({
            "expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true
        });
        let mut answer = self.call("Runtime.evaluate", params);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }

    /// Waits until an expression is true.
    pub(crate) fn wait(&mut self, condition: &str) {
        let promise = format!(
            "new Promise((resolve, reject) => {{ const end = Date.now() + 120000; (function look() {{ \
             if ({condition}) resolve(true); else if (Date.now() > end) reject(new Error('never')); \
             else setTimeout(look, 20); }})(); }})"
        );
        self.evaluate(&promise);
    }

    /// Chooses files in a field.
    pub(crate) fn choose(&mut self, selector: &str, files: &[&Path]) {
        let root = self.call("DOM.getDocument", json!({}))["root"]["nodeId"].clone();
        let node = self.call("DOM.querySelector", json!({ "nodeId": root, "selector": selector }))["nodeId"].clone();
        self.call("DOM.setFileInputFiles", json!({ "nodeId": node, "files": files }));
    }

    /// Drags a file over the page, and lets it go there.
    pub(crate) fn drop(&mut self, file: &Path) {
        for kind in ["dragEnter", "dragOver", "drop"] {
            let data = json!({ "items": [], "files": [file], "dragOperationsMask": 1 });
            self.call("Input.dispatchDragEvent", json!({ "type": kind, "x": 300, "y": 300, "data": data }));
        }
    }

    /// Sets a field as a user does, who leaves it afterwards.
    pub(crate) fn fill(&mut self, selector: &str, value: &str) {
        self.evaluate(&format!(
            "{{ const field = document.querySelector({}); field.value = {}; \
             for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, {{ bubbles: true }})); }}",
            json!(selector),
            json!(value)
        ));
    }

    /// Clicks.
    pub(crate) fn click(&mut self, selector: &str) {
        self.evaluate(&format!("document.querySelector({}).click()", json!(selector)));
    }

    /// The text that an element shows.
    pub(crate) fn text(&mut self, selector: &str) -> String {
        let text = self.evaluate(&format!("document.querySelector({}).innerText", json!(selector)));
        text.as_str().unwrap_or_default().to_owned()
    }

    /// Presses a key.
    pub(crate) fn press(&mut self, key: &str, code: u32, text: &str) {
        let key = |kind: &str| json!({ "type": kind, "key": key, "windowsVirtualKeyCode": code, "text": text });
        self.call("Input.dispatchKeyEvent", key("keyDown"));
        self.call("Input.dispatchKeyEvent", json!({ "type": "keyUp", "windowsVirtualKeyCode": code }));
    }

    /// Sets width and colour scheme.
    pub(crate) fn emulate(&mut self, width: u32, scheme: &str) {
        let metrics = json!({ "width": width, "height": 1400, "deviceScaleFactor": 1, "mobile": false });
        self.call("Emulation.setDeviceMetricsOverride", metrics);
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.call("Emulation.setEmulatedMedia", features);
    }

    /// The bytes of a file, once the page has saved it.
    pub(crate) fn saved(&mut self, name: &str) -> Vec<u8> {
        while self.event("Browser.downloadProgress")["state"] != "completed" {}
        std::fs::read(self.home.path().join(name)).unwrap()
    }

    /// Leaves the browser; the addresses that were asked for, by its own log of the network.
    pub(crate) fn close(&mut self) -> Vec<String> {
        self.send("Browser.close", &json!({}));
        self.process.wait().unwrap();
        let log = std::fs::read_to_string(self.home.path().join("network.json")).unwrap();
        let urls = log.split("\"url\":\"").skip(1).filter_map(|rest| rest.split('"').next());
        urls.filter(|url| !is_of_the_browser(url)).map(str::to_owned).collect()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What chromium asks for itself, whatever page it shows.
fn is_of_the_browser(url: &str) -> bool {
    url.starts_with("chrome") || ["googleapis.com", "google.com", "gvt1.com"].iter().any(|host| url.contains(host))
}
