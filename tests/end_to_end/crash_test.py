"""kill -9 at random moments while files change: the store stays whole, nothing published is lost, nothing invented.

COMPLIANCE_CRASH_ROUNDS sets how often the daemon is killed (15)."""

import json
import os
import random
import re
import signal
import threading
import time
import unittest

from support import EndToEnd, get, run

ROUNDS = int(os.environ.get("COMPLIANCE_CRASH_ROUNDS", "15"))
CHECK = "containers-not-privileged"
TRANSITIONS = re.compile(rf'check_transitions_total{{installation="flapping",check="{CHECK}"}} (\d+)')
MOST_LIFE = 0.8  # seconds from the start of a round to the kill


class Writer(threading.Thread):
    """Makes the installation bad and good in turn, each time by a rename, until it is stopped."""

    def __init__(self, path, chance):
        super().__init__()
        self.path = path
        self.chance = chance
        self.done = threading.Event()
        self.writes = 0

    def write(self, bad):
        fresh = self.path.with_suffix(".new")
        fresh.write_text(f"services: {{other: {{image: 'x:1', privileged: {str(bad).lower()}}}}}\n")
        fresh.rename(self.path)
        self.writes += 1

    def run(self):
        bad = False
        while not self.done.wait(self.chance.uniform(0.005, 0.08)):
            bad = not bad
            self.write(bad)


class Crash(EndToEnd):
    def setUp(self):
        super().setUp()
        self.seed = random.randrange(2**32)
        self.chance = random.Random(self.seed)
        self.state = self.directory / "state.sqlite"
        self.compose = self.directory / "compose.yaml"
        self.config = self.write("exporter.yaml", "installations:\n"
                                 "  - {name: flapping, compose: {files: [compose.yaml]}}\n")

    def published(self, base):
        """How many transitions the metrics tell of; None when the daemon does not answer any more."""
        try:
            found = TRANSITIONS.search(get(base + "/metrics", timeout=2)[2].decode())
        except OSError:
            return None
        return int(found[1]) if found else 0

    def take_events(self, base, known):
        """Adds the newest thousand events by their numbers, and sees that those known before are the same."""
        events = json.loads(get(base + "/api/v1/events?limit=1000")[2])["events"]
        for event in events:
            self.assertEqual(known.setdefault(event["sequence"], event), event, "an event has changed")
        self.assertEqual(sorted(known), list(range(1, len(known) + 1)), "an event is gone")

    def watch_and_kill(self, process, base):
        """The most transitions that were seen before the end came."""
        end = time.monotonic() + self.chance.uniform(0, MOST_LIFE)
        most = self.published(base) or 0
        while time.monotonic() < end:
            most = max(most, self.published(base) or 0)
        process.send_signal(signal.SIGKILL)
        process.wait()
        return most

    def test_kill_9_while_files_change_loses_and_invents_no_transition(self):
        writer = Writer(self.compose, self.chance)
        writer.write(False)
        writer.start()
        self.addCleanup(writer.join)
        self.addCleanup(writer.done.set)
        known, most = {}, 0
        for number in range(ROUNDS):
            with self.subTest(round=number, seed=self.seed):
                process, base = self.serve(self.config, f"--state.path={self.state}")
                self.assertGreaterEqual(self.published(base), most, "a transition that was published is gone")
                self.take_events(base, known)
                self.assert_chain(known)
                most = self.watch_and_kill(process, base)
                code, out, err = run("history", "verify", f"--state.path={self.state}")
                self.assertEqual(code, 0, out + err)
        writer.done.set()
        writer.join()
        self.assertGreater(most, ROUNDS / 2, "hardly anything happened: the test shows nothing")
        self.assertLessEqual(most, writer.writes, "more transitions than changes of the file")

    def assert_chain(self, events):
        """Each event goes on where the one before it ended, so that none was left out between them."""
        ends = {}
        for _, event in sorted(events.items()):
            self.assertEqual({event["from"], event["to"]}, {"pass", "fail"}, "the file was never anything else")
            of = event["check"], event["scope"], event["component"]
            self.assertEqual(ends.get(of, event["from"]), event["from"])
            ends[of] = event["to"]


if __name__ == "__main__":
    unittest.main()
