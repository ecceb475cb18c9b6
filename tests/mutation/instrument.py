"""Writes mutants into a source file: each waits behind a number that the environment chooses."""

import pathlib
import re

SOURCE = pathlib.Path(__file__).resolve().parents[2]
TYPE = re.compile(r"^\s*(?:static |constexpr |inline )*([A-Za-z_][\w:<>, ]*[*&]?) (\w+)\(")
# Results whose default says something that another value does not.
DEFAULT_TELLS = re.compile(r"Verdicts|std::(optional|vector|string|set|map)")
KEYWORDS = {"if", "for", "while", "switch", "return", "else", "do", "case", "default", "break", "continue", "catch"}


def declares(code):
    """True when the statement declares something: a type, maybe with templates within templates, and a name."""
    if re.match(r"(static|constexpr|const|auto|using|struct|enum|class)\b", code):
        return True
    place = re.match(r"[A-Za-z_][\w:]*", code)
    if not place:
        return False
    end = place.end()
    if code[end:end + 1] == "<":
        depth = 1
        while depth and end + 1 < len(code):
            end += 1
            depth += {"<": 1, ">": -1}.get(code[end], 0)
        end += 1
    return bool(re.match(r"(::\w+)?(\s*[*&]+\s*|\s+)[A-Za-z_]\w*\s*($|[={(\[;])", code[end:]))


class Mutant:
    def __init__(self, number, file, line, kind, text):
        self.number, self.file, self.line, self.kind, self.text = number, file, line, kind, " ".join(text.split())

    def key(self):
        return f"{self.file} | {self.kind} | {self.text}"


def blank_literals(text):
    """The text with the content of comments, strings and characters blanked, same length."""
    pattern = re.compile(r'//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S)

    def blank(match):
        text = match.group(0)
        return " " * len(text) if text.startswith("//") else text[0] + " " * (len(text) - 2) + text[-1]

    return pattern.sub(blank, text)


def matching(text, start):
    """Index of the bracket that closes the one at `start`."""
    pairs = {"(": ")", "{": "}", "[": "]"}
    depth = 0
    for index in range(start, len(text)):
        if text[index] in pairs:
            depth += 1
        elif text[index] in pairs.values():
            depth -= 1
            if depth == 0:
                return index
    raise ValueError("unbalanced")


def split_top(text, separators):
    """Pieces of `text` (blanked) between the separators outside all brackets, as (start, end)."""
    pieces, depth, start, index = [], 0, 0, 0
    while index < len(text):
        if text[index] in "({[":
            depth += 1
        elif text[index] in ")}]":
            depth -= 1
        elif depth == 0:
            for separator in separators:
                if text.startswith(separator, index):
                    pieces.append((start, index, separator))
                    index += len(separator) - 1
                    start = index + 1
                    break
        index += 1
    pieces.append((start, len(text), ""))
    return pieces


class Instrumenter:
    def __init__(self, path, first):
        self.path = path
        self.file = str(path.relative_to(SOURCE))
        self.text = path.read_text()
        self.blank = blank_literals(self.text)
        self.edits = []  # (start, end, replacement)
        self.mutants = []
        self.next = first
        self.without_effect = self.behind_switches()

    def behind_switches(self):
        """Where statements begin that change nothing: a break at the end of a switch, and the return behind one that
        returns for every enumerator, which only the compiler asks for."""
        places = set()
        for match in re.finditer(r"\bswitch \(", self.blank):
            body = self.blank.index("{", matching(self.blank, match.end() - 1))
            end = matching(self.blank, body)
            last = re.search(r"\bbreak;\s*$", self.blank[body:end])
            if last:
                places.add(body + last.start())
            behind = re.compile(r"\s*(return\b)").match(self.blank, end + 1)
            if behind and "break;" not in self.blank[body:end]:
                places.add(behind.start(1))
        return places

    def add(self, position, kind, start, end):
        number = self.next
        self.next += 1
        self.mutants.append(Mutant(number, self.file, self.text.count("\n", 0, position) + 1, kind,
                                   self.text[start:end]))
        return number

    def condition(self, start, end):
        """Wraps each operand of a condition so that it can be negated."""
        out = []
        for piece_start, piece_end, separator in split_top(self.blank[start:end], ["&&", "||"]):
            a, b = start + piece_start, start + piece_end
            number = self.add(a, "negate", a, b)
            out.append(f" mutant::negated({number}, static_cast<bool>({self.text[a:b].strip()})) {separator}")
        self.edits.append((start, end, "".join(out)))

    def if_statement(self, start):
        opening = self.blank.index("(", start)
        closing = matching(self.blank, opening)
        inner = (opening + 1, closing)
        parts = split_top(self.blank[inner[0]:inner[1]], [";"])
        last = parts[-1]
        a, b = inner[0] + last[0], inner[0] + last[1]
        declaration = re.match(r"\s*(?:const )?[\w:<>]+[ *&]+(\w+) =[^=]", self.blank[a:b])
        if declaration:
            number = self.add(a, "negate", a, b)
            self.edits.append((b, b, f"; mutant::negated({number}, static_cast<bool>({declaration.group(1)}))"))
        elif "?" not in self.blank[a:b] and ("[" not in self.blank[a:b] or "{" not in self.blank[a:b]):
            self.condition(a, b)
        else:
            number = self.add(a, "negate", a, b)
            self.edits.append((a, a, f"mutant::negated({number}, static_cast<bool>("))
            self.edits.append((b, b, "))"))
            self.statements_in(a, b)
        return closing + 1

    def return_statement(self, start, end, result):
        """`start` is behind the word return, `end` at the semicolon."""
        expression = self.text[start:end].strip()
        if not expression or (result == "lambda" and expression.startswith("{")):
            return
        if result.endswith("*") and expression == "nullptr" or expression == "{}" and not DEFAULT_TELLS.match(result):
            return
        number = self.add(start, "result", start, end)
        if result == "bool":
            wrapped = f"mutant::negated({number}, static_cast<bool>("
            self.edits.append((start, start, " " + wrapped))
            self.edits.append((end, end, "))"))
            return
        if result == "lambda":
            self.edits.append((start, start, f" mutant::other({number}, "))
            self.edits.append((end, end, ")"))
            return
        self.edits.append((start - len("return"), start,
                           f"if (mutant::on({number})) {{ return {self.other_than(expression, result)}; }} return"))

    def other_than(self, expression, result):
        if result == "Verdict":
            good = re.match(r"(about\()?(pass|not_applicable)\(", expression)
            return 'fail("mutant", Origin{})' if good else "pass()"
        if result == "Verdicts":
            return 'Verdicts{fail("mutant", Origin{})}' if "pass()" in expression or expression in ("{}", "Verdicts{}") \
                else "Verdicts{pass()}"
        if result.endswith("*"):
            return "nullptr"
        value = result.rstrip("&") + expression if expression.startswith("{") else expression
        return f"mutant::different<std::decay_t<{result}>>({value})"

    def lambdas_in(self, start, end):
        """Statements inside lambdas of an expression."""
        index = start
        while True:
            opening = re.compile(r"\]\s*(?:\([^()]*\))?\s*(?:->\s*[\w:]+\s*)?\{").search(self.blank, index, end)
            if not opening:
                return
            brace = opening.end() - 1
            closing = matching(self.blank, brace)
            self.block(brace + 1, closing, "lambda")
            index = closing

    def statements_in(self, start, end):
        self.lambdas_in(start, end)

    def block(self, start, end, result):
        index = start
        while index < end:
            if self.blank[index] in " \n;}":
                index += 1
                continue
            index = self.statement(index, end, result)

    def statement(self, index, end, result):
        word = re.match(r"\w*", self.blank[index:]).group(0)
        if self.blank[index] == "{":
            closing = matching(self.blank, index)
            self.block(index + 1, closing, result)
            return closing + 1
        if word == "if":
            return self.if_statement(index)
        if word in ("for", "while", "switch"):
            closing = matching(self.blank, self.blank.index("(", index))
            if word == "while":
                self.condition(self.blank.index("(", index) + 1, closing)
            return closing + 1
        if word in ("else", "do"):
            return index + len(word)
        if word in ("case", "default"):
            return re.compile(r"(?<!:):(?!:)").search(self.blank, index).end()
        stop = index + split_top(self.blank[index:end + 1], [";"])[0][1]
        if index in self.without_effect:
            return stop + 1
        if word == "return":
            before = len(self.edits)
            self.lambdas_in(index, stop)
            if len(self.edits) == before or result != "Verdict":
                self.return_statement(index + len("return"), stop, result)
        elif word in ("break", "continue"):
            number = self.add(index, "delete", index, stop)
            self.edits.append((index, index, f"if (!mutant::on({number})) "))
        else:
            self.plain_statement(index, stop)
        return stop + 1

    def plain_statement(self, index, stop):
        code = self.blank[index:stop]
        if declares(code):
            self.lambdas_in(index, stop)
            return
        number = self.add(index, "delete", index, stop)
        self.edits.append((index, index, f"if (!mutant::on({number})) {{ "))
        self.edits.append((stop + 1, stop + 1, " }"))
        self.lambdas_in(index, stop)

    def functions(self):
        """Bodies of the functions at namespace level, with their result types."""
        for match in re.finditer(r"^[A-Za-z][^\n;{}]*\([^;{}]*\)[^;{}()]*\{$", self.blank, re.M):
            result = TYPE.match(self.text[match.start():])
            # What is computed while compiling cannot be mutated by the environment.
            if result and "constexpr" not in match.group(0) and result.group(2) not in KEYWORDS and not match.group(0).startswith(("extern", "namespace")):
                yield match.end(), matching(self.blank, match.end() - 1), re.sub(r"^const (.*)&$", r"\1", result.group(1)).strip()

    def run(self):
        for start, end, result in self.functions():
            self.block(start, end, result)
        text = self.text
        for start, end, replacement in sorted(self.edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
            text = text[:start] + replacement + text[end:]
        return '#include "mutant.h"\n' + text
