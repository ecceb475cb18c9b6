"""The words and colours of the boards. Green is kept for what was judged and holds: a count of no failures is grey,
since nothing may have been judged; what is not known is purple."""

GREY, PURPLE = "#8e8e8e", "purple"

DAY = 86400


def mapping(words):
    """{number or label: (word, colour)} as a value mapping, in this order."""
    options = {str(value): {"text": text, "color": colour, "index": index}
               for index, (value, (text, colour)) in enumerate(words.items())}
    return [{"type": "value", "options": options}]


def otherwise(text, colour):
    """What stands where there is no value."""
    return [{"type": "special", "options": {"match": "null+nan",
                                         "result": {"text": text, "color": colour, "index": 9}}}]


def steps(base, *bounds):
    """Thresholds: the colour below all of them, then (from, colour)."""
    return {"mode": "absolute", "steps": [{"color": base, "value": None}] +
            [{"color": colour, "value": value} for value, colour in bounds]}


# queries.STATE counts like this, so that what is worst sorts first.
STATES = mapping({0: ("pass", "green"), 1: ("not applicable", GREY), 2: ("UNKNOWN", PURPLE),
                  3: ("waived", "yellow"), 4: ("FAIL", "red")}) + otherwise("no data", PURPLE)
SEVERITIES = mapping({"critical": ("critical", "dark-red"), "high": ("high", "red"), "medium": ("medium", "orange"),
                      "low": ("low", "yellow")})
ALERT_SEVERITIES = mapping({"critical": ("critical", "red"), "warning": ("warning", "orange"),
                            "info": ("info", "blue")})
ALERT_STATES = mapping({1: ("firing", "red")})
NONE = mapping({0: ("none", GREY)})
ANSWERS = mapping({0: ("DOWN", "red"), 1: ("answers", "green")}) + otherwise("no scrape", PURPLE)
READ = mapping({0: ("NOT READ", "red"), 1: ("read", "green")}) + otherwise("no data", PURPLE)
WATCHED = mapping({0: ("polled", "orange"), 1: ("events", "green")}) + otherwise("asked, not watched", GREY)
LOADED = mapping({0: ("OLD ONE AT WORK", "red"), 1: ("loaded", "green")})
STORE = mapping({0: ("BROKEN", "red"), 1: ("works", "green")})
KEPT = mapping({0: ("lost at the end", "orange"), 1: ("kept in a file", "green")})
WAIVER = mapping({0: ("expired", "red"), 1: ("active", "yellow")})
# Whether a protocol is taken: weak ones should be refused, the present ones are fine.
WEAK_PROTOCOL = mapping({0: ("refused", "green"), 1: ("OFFERED", "red")}) + otherwise("not known", PURPLE)
GOOD_PROTOCOL = mapping({0: ("refused", GREY), 1: ("offered", "green")}) + otherwise("not known", PURPLE)
