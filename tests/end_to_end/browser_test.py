"""The built-in pages in a real Chromium: what an operator sees, by keyboard, on a phone, on paper.

Where Chromium or its driver is not installed, all of it is skipped. Screenshots stay in the build
directory, below screenshots/; with UPDATE_SCREENSHOT=1 the README's is made anew."""

import base64
import json
import os
import pathlib
import shutil
import unittest

from support import DEMO, PROGRAM, SOURCE, TOKEN, EndToEnd, get

import browser

SCREENSHOTS = pathlib.Path(PROGRAM).resolve().parents[1] / "screenshots"
NODE_MODULES = pathlib.Path(os.environ.get("COMPLIANCE_NODE_MODULES", SOURCE / "build/node/node_modules"))
AXE = NODE_MODULES / "axe-core" / "axe.min.js"
FAILING = "containers-not-privileged"
WAIVED = "secrets-placeholder-values"
MENDED = "internal-services-published-ports"
PAGES = {"overview": "/", "check": f"/checks/{FAILING}", "waived": f"/checks/{WAIVED}", "history": "/history",
         "report": "/api/v1/report?format=html"}
BEYOND_THEIR_PARENTS = """return [...document.querySelectorAll('main *')].filter(e => e.checkVisibility() &&
  e.getBoundingClientRect().right > e.parentElement.getBoundingClientRect().right + 1).map(e => e.outerHTML.slice(0, 200))"""
WAIVERS = f"""
- id: SEC-1042
  check: {WAIVED}
  installation: sample
  reason: the identity provider takes the secret over in the next release
  approved_by: Security Board
  expires: 2099-12-31
"""


@unittest.skipUnless(browser.available(), "chromium or chromedriver is not installed")
class PagesInChromiumWhereItIsInstalled(unittest.TestCase):
    """One daemon with the demo's installation, one failure waived and one mended since it started."""

    @classmethod
    def setUpClass(cls):
        cls.host = EndToEnd()
        cls.addClassCleanup(cls.host.doCleanups)
        cls.host.setUp()
        installation = cls.host.demo_installation()
        (installation / "waivers.yaml").write_text(WAIVERS)
        config = installation / "exporter.yaml"
        config.write_text(config.read_text() + "waivers_file: waivers.yaml\n")
        # As its operators do: names in the pages are those of the configuration.
        _, cls.base = cls.host.serve("exporter.yaml", f"--state.path={cls.host.directory / 'state'}",
                                     cwd=installation)
        cls.mend(installation)
        cls.signed_in = cls.base.replace("http://", f"http://operator:{TOKEN}@")
        SCREENSHOTS.mkdir(exist_ok=True)

    @classmethod
    def mend(cls, installation):
        compose = installation / "compose.yaml"
        text = compose.read_text()
        compose.write_text(text.replace('"4000:4000"', '"127.0.0.1:4000:4000"'))
        if text == compose.read_text():
            raise AssertionError("the demo's planted port is not there any more")
        cls.host.wait_until(lambda: json.loads(get(cls.base + "/api/v1/events")[2])["events"], "the first change")

    def browser(self, path=None, **options):
        """A browser, signed in and at the path when one is given."""
        started = browser.Browser(**options)
        self.addCleanup(started.__exit__)
        started.view(1280)
        if path is not None:
            started.open(self.signed_in + path)
            started.open(self.base + path)
        return started

    def assert_calm(self, shown):
        """Neither the policy nor anything else was complained about."""
        self.assertEqual(shown.log(), [])

    def go_by_keyboard(self, shown, words):
        """Presses Tab until a link or button with the words has the focus, then Enter."""
        for _ in range(80):
            shown.press("tab")
            focused = shown.run("const e = document.activeElement; return [e.innerText, e.matches(':focus-visible'),"
                                " getComputedStyle(e).outlineStyle];")
            if words in focused[0]:
                self.assertEqual(focused[1:], [True, "solid"], "the focus is seen")
                shown.press("enter")
                return
        self.fail(f"no Tab leads to '{words}'")

    def test_asks_for_the_token_and_shows_nothing_without_it(self):
        shown = self.browser()
        for url in (self.base + "/", self.base.replace("http://", "http://operator:wrong-token-0123456789@") + "/"):
            shown.open(url)
            self.assertNotIn("Caracal compliance", shown.source)
        shown.open(self.signed_in + "/")
        self.assertIn("Caracal compliance", shown.title)

    def test_leads_by_keyboard_from_the_overview_to_a_check_and_its_history(self):
        shown = self.browser("/")
        shown.press("tab", "enter")
        self.assertTrue(shown.url.endswith("/#main"), "the first stop skips to the content")
        self.go_by_keyboard(shown, "Containers do not run privileged")
        self.host.wait_until(lambda: f"/checks/{FAILING}" in shown.url, "the check's page")
        words = shown.text(shown.find("main"))
        for part in ("FAIL", "critical", "compose.yaml:", "Remediation", "Why", "Expected", "Observed"):
            self.assertIn(part, words)
        self.go_by_keyboard(shown, "History")
        self.host.wait_until(lambda: shown.url.endswith("/history"), "the history")
        words = shown.text(shown.find("main"))
        self.assertIn(MENDED, words)
        shown.type(shown.find("input[name=limit]"), browser.KEYS["enter"])
        self.host.wait_until(lambda: "limit=100" in shown.url, "the form's answer")
        self.assertIn(MENDED, shown.text(shown.find("main")))
        shown.open(self.base + f"/history?check={FAILING}&since=2020-01-01")
        self.assertIn("No changes", shown.text(shown.find("main")))
        self.assert_calm(shown)

    def test_shows_the_strip_and_the_change_of_a_mended_check(self):
        shown = self.browser(f"/checks/{MENDED}")
        words = shown.text(shown.find("main"))
        self.assertIn("OK", words)
        self.assertRegex(words, r"FAIL\s*to\s*OK")
        self.assertEqual(len(shown.find_all("svg.strip rect.pass")), 1)

    def test_loads_each_page_by_one_request_below_100_kilobytes(self):
        shown = self.browser("/")
        for name, path in PAGES.items():
            shown.log("performance")
            shown.open(self.base + path)
            events = [json.loads(entry["message"])["message"] for entry in shown.log("performance")]
            asked = [event["params"]["request"]["url"] for event in events
                     if event["method"] == "Network.requestWillBeSent"]
            asked = [url for url in asked if not url.startswith("data:")]
            self.assertEqual(asked, [self.base + path])
            if name != "report":
                self.assertLess(len(get(self.base + path)[2]), 100_000, name)
        self.assert_calm(shown)

    def test_fits_a_phone_and_a_desk_in_light_and_dark(self):
        shown = self.browser("/")
        for name, path in PAGES.items():
            shown.open(self.base + path)
            for folded in (True, False):
                shown.run("document.querySelectorAll('details').forEach(d => d.open = !arguments[0])", folded)
                for width in (320, 375, 600, 900, 1280):
                    shown.view(width)
                    self.assertLessEqual(shown.run("return document.documentElement.scrollWidth"), width,
                                         f"{name} at {width}")
                    self.assertEqual(shown.run(BEYOND_THEIR_PARENTS), [], f"{name} at {width}")
            shown.run("document.querySelectorAll('details').forEach(d => d.open = false)")
            for kind, width in (("desk", 1280), ("phone", 375)):
                for scheme in ("light", "dark"):
                    shown.view(width, scheme=scheme)
                    shown.screenshot(SCREENSHOTS / f"{name}-{kind}-{scheme}.png")
            shown.view(1280)
        self.assert_calm(shown)

    def test_prints_everything_that_is_folded_too(self):
        shown = self.browser("/")
        printed = shown.pdf()
        self.assertTrue(printed.startswith(b"%PDF-"))
        (SCREENSHOTS / "overview.pdf").write_bytes(printed)
        shown.view(800, media="print")
        shown.screenshot(SCREENSHOTS / "overview-print.png")
        heights = shown.run("return [...document.querySelectorAll('details')].map(d => d.clientHeight)")
        shown.view(800)
        folded = shown.run("return [...document.querySelectorAll('details')].map(d => d.clientHeight)")
        self.assertTrue(all(printed > screen for printed, screen in zip(heights, folded)), (heights, folded))

    def test_says_the_same_without_scripts(self):
        with_scripts, without = self.browser("/"), self.browser("/", scripts=False)
        for path in PAGES.values():
            for shown in (with_scripts, without):
                shown.open(self.base + path)
            self.assertEqual(with_scripts.source.count("<li"), without.source.count("<li"), path)
        # Else the setting has done nothing.
        probe = "data:text/html,<title>off</title><script>document.title='on'</script>"
        with_scripts.open(probe)
        without.open(probe)
        self.assertEqual([with_scripts.title, without.title], ["on", "off"])

    @unittest.skipUnless(AXE.exists(), f"axe-core is not installed in {NODE_MODULES}")
    def test_axe_core_where_it_is_installed_finds_no_violation(self):
        shown = self.browser("/")
        shown.devtools("Page.setBypassCSP", enabled=True)
        for name, path in PAGES.items():
            shown.open(self.base + path)
            shown.run("document.querySelectorAll('details').forEach(d => d.open = true)")
            for width, scheme in ((1280, "light"), (1280, "dark"), (375, "light")):
                shown.view(width, scheme=scheme)
                shown.run(AXE.read_text() + "; return null;")
                found = shown.run_later("const done = arguments[0];"
                                        "axe.run().then(r => done([r.violations, r.passes.length]), e => done([[String(e)], 0]))")
                self.assertEqual(found[0], [], f"{name} at {width} in {scheme}")
                self.assertGreater(found[1], 15, "axe has looked")

    @unittest.skipUnless(os.environ.get("UPDATE_SCREENSHOT"), "the README's screenshot is made anew on demand alone")
    def test_makes_the_screenshot_of_the_readme(self):
        shown = self.browser("/")
        shown.view(1160, 600)
        picture = shown.devtools("Page.captureScreenshot", format="png")["data"]
        (DEMO / "overview.png").write_bytes(base64.b64decode(picture))


if __name__ == "__main__":
    unittest.main()
