"""The little of PromQL that tests of boards look at: which series a query selects, and under which function."""

import dataclasses
import re

# What Prometheus itself says of a target and of alerts.
SYNTHETIC = {"up", "scrape_duration_seconds", "scrape_samples_scraped", "ALERTS", "ALERTS_FOR_STATE"}
SELECTOR = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)\{([^{}]*)\}(?:\[([^\]]+)\])?")
MATCHER = re.compile(r'(\w+)(=~|!~|!=|=)"((?:[^"\\]|\\.)*)"')
LONGEST_FUNCTION = 40
WORD = re.compile(r"[a-zA-Z_:][a-zA-Z0-9_:]*")


@dataclasses.dataclass(frozen=True)
class Selector:
    name: str
    matchers: dict  # {label: [operator and value, ...]}
    window: str  # of a range, or empty
    function: str  # directly around the selector, or empty

    @property
    def family(self):
        """A histogram's family is named without the suffix of its series."""
        return re.sub(r"_(bucket|sum|count)$", "", self.name)


def selectors(query):
    found = []
    for match in SELECTOR.finditer(query):
        matchers = {}
        for label, operator, value in MATCHER.findall(match[2]):
            matchers.setdefault(label, []).append(operator + value)
        around = re.search(r"(\w+)\($", query[max(0, match.start() - LONGEST_FUNCTION):match.start()])
        found.append(Selector(match[1], matchers, match[3] or "", around[1] if around else ""))
    return found


def bare_families(query, families):
    """Families that stand in a query without any matcher."""
    rest = re.sub(r'"(?:[^"\\]|\\.)*"', '""', SELECTOR.sub(" ", query))
    return [word for word in WORD.findall(rest) if re.sub(r"_(bucket|sum|count)$", "", word) in families
            or word in SYNTHETIC]


def exposition(text):
    """{family: type} and {family: names of its labels} of a text that was scraped."""
    types = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, flags=re.M))
    labels = {}
    for line in text.splitlines():
        match = re.match(r"([^#{ ]+)(?:\{(.*)\})? ", line)
        if match:
            name = match[1] if match[1] in types else re.sub(r"_(bucket|sum|count)$", "", match[1])
            labels.setdefault(name, set()).update(label for label, _, _ in MATCHER.findall(match[2] or ""))
    return types, labels
