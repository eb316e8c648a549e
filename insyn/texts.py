"""The catalogue of Swedish sentences, `texts.yaml`."""

import re
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from msgspec import Struct
from msgspec.structs import replace

from insyn.problems import Problem

PLAN_WORDS = re.compile(r"\b[Pp]lanens?\b")
OF_COLUMNS = ("column-", "costs.planned", "savings.planned", "workbook-column", "law.", "difference-")
"""Sentences in which "planen" is a column of a budget, or which are said of plans alone."""


def _capital(word: str) -> str:
    return word[0].upper() + word[1:]


class Severity(Enum):
    """An error stops publication; a warning asks for a look; a note is printed by `kontrollera --allt` only."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Wording(Struct, frozen=True):
    """The catalogue's entry for one problem code."""

    name: str
    severity: Severity
    what: str
    advice: str


class Term(Struct, frozen=True):
    """A term in the glossary page."""

    id: str
    """Its anchor on the page."""
    term: str
    forms: tuple[str, ...]
    """How it occurs in generated text: "planen [för]" is "planen" before "för". Empty: never linked there."""
    text: str
    """Its definition, one sentence."""


class SearchWords(Struct, frozen=True):
    """The word list of the search."""

    common: tuple[str, ...]
    """Words of a question that aren't searched for."""
    alike: tuple[tuple[str, ...], ...]
    """Words and set phrases that are searched for together."""


class Texts(Struct, frozen=True):
    """The parsed catalogue. Methods raise KeyError for a key or value that is missing: our own fault."""

    severities: Mapping[Severity, str]
    problems: Mapping[str, Wording]
    hints: Mapping[str, str]
    sentences: Mapping[str, str]
    report: Mapping[str, str]
    terms: tuple[Term, ...]
    search: SearchWords
    documents: Mapping[str, Mapping[str, str]] = {}
    """By the kind of a document that isn't a plan: what stands for each word for the plan."""
    words: Mapping[str, str] = {}
    """Those of the document that it is said of."""

    def about(self, document: str) -> "Texts":
        """Return the same sentences as they are said of another document than a plan: "årsredovisningen"."""
        words = self.documents.get(document)
        if words is None:
            return self
        about = replace(self, documents={}, words=words)
        said = {
            key: text if key.startswith(OF_COLUMNS) else about.reworded(text) for key, text in self.sentences.items()
        }
        return replace(about, sentences=said)

    def reworded(self, text: str) -> str:
        """Return a text as it is said of the document: "Årsredovisningens historia"."""
        return PLAN_WORDS.sub(lambda found: self._word(found[0]), text) if self.words else text

    def _word(self, word: str) -> str:
        return self.words.get(word) or _capital(self.words[word.lower()])

    def say(self, key: str, **values: object) -> str:
        return self.sentences[key].format(**values)

    def tell(self, key: str, **values: object) -> str:
        """Return a sentence for the terminal."""
        return self.report[key].format(**values)

    def severity(self, problem: Problem) -> Severity:
        """Return a problem's severity. In a draft an error is a warning."""
        severity = self.problems[problem.code].severity
        return Severity.WARNING if problem.in_draft and severity is Severity.ERROR else severity

    def is_error(self, problem: Problem) -> bool:
        return self.severity(problem) is Severity.ERROR

    def is_note(self, problem: Problem) -> bool:
        return self.severity(problem) is Severity.NOTE

    def would_stop(self, problem: Problem) -> bool:
        """Whether a problem is an error, also in a draft."""
        return self.problems[problem.code].severity is Severity.ERROR

    def what(self, problem: Problem) -> str:
        return self.problems[problem.code].what.format(**dict(problem.values))

    def advice(self, problem: Problem) -> str:
        """Return what to do about a problem. Its hint, or hints with a space between, fill in {hint}."""
        values = {**dict(problem.values), "seen": self._seen(problem)}
        hint = " ".join(self.hints[key].format(**values) for key in problem.hint.split())
        return self.problems[problem.code].advice.format(**values, hint=hint).strip()

    def _seen(self, problem: Problem) -> str:
        """Return the front matter that acknowledges a problem."""
        figure = f', siffra: "{problem.figure}"' if problem.figure else ""
        return self.tell("acknowledge", code=self.problems[problem.code].name, figure=figure)


@lru_cache(maxsize=2)
def read_texts(source: str) -> Texts:
    """Parse the catalogue. PyYAML is imported here, since builds mostly have the result in the store."""
    import yaml

    tables = yaml.load(source, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    problems = {
        code: Wording(entry["name"], Severity(entry["severity"]), entry["what"], entry["do"])
        for code, entry in tables["problems"].items()
    }
    severities = {Severity(key): word for key, word in tables["severities"].items()}
    terms = tuple(Term(entry["id"], entry["term"], tuple(entry["forms"]), entry["text"]) for entry in tables["terms"])
    alike = tuple(tuple(group.split(", ")) for group in tables["search"]["alike"])
    search = SearchWords(tuple(tables["search"]["common"].split()), alike)
    return Texts(
        severities, problems, tables["hints"], tables["sentences"], tables["report"], terms, search, tables["documents"]
    )
