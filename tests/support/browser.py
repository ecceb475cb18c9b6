"""A headless Chromium, driven over the W3C's WebDriver protocol by plain HTTP."""

import base64
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request

CHROMIUM = shutil.which("chromium")
DRIVER = shutil.which("chromedriver")
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync",
         "--disable-extensions", "--disable-dev-shm-usage", "--hide-scrollbars"]
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the key of references to elements, from the standard
KEYS = {"tab": "\ue004", "enter": "\ue007", "space": "\ue00d"}


def available():
    return CHROMIUM is not None and DRIVER is not None


class Browser:
    """One browser with a new, empty profile. Use as a context manager; both processes end with it."""

    def __init__(self, scripts=True):
        self.profile = tempfile.mkdtemp(prefix="compliance-browser-")
        self.said = pathlib.Path(self.profile, "driver.log")
        with open(self.said, "wb") as said:
            self.driver = subprocess.Popen([DRIVER, "--port=0"], stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        try:
            self.base = f"http://127.0.0.1:{self._driver_port()}"
            options = {"binary": CHROMIUM, "args": FLAGS + [f"--user-data-dir={self.profile}/chromium"]}
            if not scripts:
                options["prefs"] = {"profile.managed_default_content_settings.javascript": 2}
            wanted = {"browserName": "chrome", "goog:chromeOptions": options,
                      "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"}}
            answer = self._ask("POST", "/session", {"capabilities": {"alwaysMatch": wanted}})
            self.session = f"/session/{answer['sessionId']}"
        except BaseException:
            self._end()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self._ask("DELETE", self.session)
        except (OSError, RuntimeError):
            pass  # it is ended below in any case
        self._end()

    def _driver_port(self, seconds=30):
        deadline = time.monotonic() + seconds
        said = ""
        while time.monotonic() < deadline and self.driver.poll() is None:
            said = self.said.read_text("utf-8", "replace")
            found = re.search(r"started successfully on port (\d+)", said)
            if found:
                return int(found.group(1))
            time.sleep(0.05)
        raise RuntimeError(f"chromedriver does not start: {said}")

    def _end(self):
        self.driver.terminate()
        try:
            self.driver.wait(10)
        except subprocess.TimeoutExpired:
            self.driver.kill()
            self.driver.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def _ask(self, method, path, body=None, timeout=60):
        data = None if method != "POST" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.base + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=timeout) as answer:
                return json.loads(answer.read())["value"]
        except urllib.error.HTTPError as error:
            with error:
                value = json.loads(error.read())["value"]
            raise RuntimeError(f"{method} {path}: {value['error']}: {value['message']}") from None

    def _do(self, path, body=None, method="POST"):
        return self._ask(method, self.session + path, body)

    def devtools(self, command, **parameters):
        return self._do("/goog/cdp/execute", {"cmd": command, "params": parameters})

    # Pages

    def open(self, url):
        self._do("/url", {"url": url})

    @property
    def url(self):
        return self._do("/url", method="GET")

    @property
    def title(self):
        return self._do("/title", method="GET")

    @property
    def source(self):
        return self._do("/source", method="GET")

    def run(self, script, *arguments):
        return self._do("/execute/sync", {"script": script, "args": list(arguments)})

    def run_later(self, script, *arguments):
        """A script that calls its last argument when it is done."""
        return self._do("/execute/async", {"script": script, "args": list(arguments)})

    def find(self, selector):
        return self._do("/element", {"using": "css selector", "value": selector})[ELEMENT]

    def find_all(self, selector):
        return [found[ELEMENT] for found in self._do("/elements", {"using": "css selector", "value": selector})]

    def find_link(self, words):
        return self._do("/element", {"using": "partial link text", "value": words})[ELEMENT]

    def text(self, element):
        return self._do(f"/element/{element}/text", method="GET")

    def click(self, element):
        self._do(f"/element/{element}/click")

    def type(self, element, text):
        self._do(f"/element/{element}/value", {"text": text})

    def press(self, *keys):
        """Presses keys one after another, wherever the focus is."""
        actions = [{"type": kind, "value": KEYS.get(key, key)} for key in keys for kind in ("keyDown", "keyUp")]
        self._do("/actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    # How it looks

    def view(self, width, height=900, scheme="light", media="screen"):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                      mobile=width < 600)
        self.devtools("Emulation.setEmulatedMedia", media=media,
                      features=[{"name": "prefers-color-scheme", "value": scheme}])

    def screenshot(self, path):
        """The whole page as a PNG file."""
        size = self.devtools("Page.getLayoutMetrics")["cssContentSize"]
        shot = self.devtools("Page.captureScreenshot", format="png", captureBeyondViewport=True,
                             clip={"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1})
        pathlib.Path(path).write_bytes(base64.b64decode(shot["data"]))

    def pdf(self):
        """The page as it is printed, in the style of paper."""
        self.devtools("Emulation.setEmulatedMedia", media="print", features=[])
        return base64.b64decode(self._do("/print", {"background": False}))

    # What happened

    def log(self, kind="browser"):
        """What was logged since the last call."""
        return self._do("/se/log", {"type": kind})
