"""Each behaviour of the console broken alone flips exactly its rows; near misses flip none."""

import unittest

from probing import WEB_ROWS, Probing, named

from console_faults import CHANGES, SESSION, sound

# Judged with a session and with all that probes alone can see.
SOUND = {**{row: "pass" for row in WEB_ROWS}, "web-edge-split-origins": "not_applicable",
         "web-edge-registration": "unknown: not_observable", "web-edge-internal-hosts": "unknown: not_configured",
         "external-tls-http-redirect": "unknown: not_configured"}


class Faults(Probing):
    maxDiff = None

    def test_each_alone(self):
        cookie = self.write("cookie", f"__Secure-better-auth.session_token={SESSION}\n", 0o600)
        consoles = {"sound": (sound, {}), **CHANGES}
        judged = self.judge({named(name): {"endpoints": {"web": self.web(self.door(make()),
                                                                         session_cookie_file=str(cookie))}}
                             for name, (make, _) in consoles.items()})
        for name, (_, differences) in consoles.items():
            with self.subTest(console=name):
                rows = {row: judged[named(name)].get(row) for row in WEB_ROWS}
                self.assertEqual(rows, {**SOUND, **differences})


if __name__ == "__main__":
    unittest.main()
