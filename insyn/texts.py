"""The catalogue of Swedish sentences: reads `texts.yaml` and fills in what a sentence leaves open."""

import re
from collections.abc import Mapping
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from insyn.problems import Problem

PLAN_WORDS = re.compile(r"\b[Pp]lanens?\b")
OF_COLUMNS = ("column-", "costs.planned", "savings.planned", "workbook-column", "law.", "difference-")
"""Sentences in which "planen" is a column of a budget, or which are said of plans alone."""


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


class Severity(Enum):
    """An error stops publication; a warning asks for a look; a note is told only to those who ask for everything."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Wording(Struct, frozen=True):
    """What the catalogue says about one kind of problem."""

    name: str
    severity: Severity
    what: str
    advice: str


class Term(Struct, frozen=True):
    """A word of the list of words."""

    id: str
    """A part of an address."""
    term: str
    forms: tuple[str, ...]
    """How it stands in generated text: "planen [för]" is "planen" with "för" after it. None: never explained there."""
    text: str
    """What it means, in one sentence."""


class Texts(Struct, frozen=True):
    """Every sentence by its key. A key that doesn't exist is our own fault and raises KeyError."""

    severities: Mapping[Severity, str]
    problems: Mapping[str, Wording]
    hints: Mapping[str, str]
    sentences: Mapping[str, str]
    report: Mapping[str, str]
    terms: tuple[Term, ...]
    documents: Mapping[str, Mapping[str, str]] = {}
    """By the kind of a document that isn't a plan: what stands for each word for the plan."""

    def about(self, document: str) -> "Texts":
        """Return the same sentences as they are said of another document than a plan: "årsredovisningen"."""
        words = self.documents.get(document)
        if words is None:
            return self
        said = {key: self._of(words, key, sentence) for key, sentence in self.sentences.items()}
        return replace(self, sentences=said, documents={})

    def _of(self, words: Mapping[str, str], key: str, sentence: str) -> str:
        if key.startswith(OF_COLUMNS):
            return sentence
        return PLAN_WORDS.sub(lambda found: words.get(found[0]) or _capital(words[found[0].lower()]), sentence)

    def say(self, key: str, **values: object) -> str:
        return self.sentences[key].format(**values)

    def tell(self, key: str, **values: object) -> str:
        """Fill in a sentence for the terminal."""
        return self.report[key].format(**values)

    def severity(self, problem: Problem) -> Severity:
        """Return how grave a problem is. In a draft nothing is an error: it is still being written."""
        severity = self.problems[problem.code].severity
        return Severity.WARNING if problem.in_draft and severity is Severity.ERROR else severity

    def is_error(self, problem: Problem) -> bool:
        return self.severity(problem) is Severity.ERROR

    def is_note(self, problem: Problem) -> bool:
        return self.severity(problem) is Severity.NOTE

    def would_stop(self, problem: Problem) -> bool:
        """Whether a problem is an error, or would be if it didn't stand in a draft."""
        return self.problems[problem.code].severity is Severity.ERROR

    def what(self, problem: Problem) -> str:
        return self.problems[problem.code].what.format(**dict(problem.values))

    def advice(self, problem: Problem) -> str:
        """Say how to mend a problem; its hint, when it has one, takes the place of {hint} or follows the advice."""
        values = dict(problem.values)
        hint = self.hints[problem.hint].format(**values) if problem.hint else ""
        return self.problems[problem.code].advice.format(**values, hint=hint)


def read_texts(source: str) -> Texts:
    """Read the catalogue from the text of `texts.yaml`. It is remembered, so YAML is mostly not needed for it."""
    import yaml

    tables = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    problems = {
        code: Wording(entry["name"], Severity(entry["severity"]), entry["what"], entry["do"])
        for code, entry in tables["problems"].items()
    }
    severities = {Severity(key): word for key, word in tables["severities"].items()}
    terms = tuple(Term(entry["id"], entry["term"], tuple(entry["forms"]), entry["text"]) for entry in tables["terms"])
    return Texts(
        severities, problems, tables["hints"], tables["sentences"], tables["report"], terms, tables["documents"]
    )
