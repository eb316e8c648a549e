"""The catalogue of Swedish sentences, `texts.yaml`."""

from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from msgspec import Struct

from insyn.problems import Problem


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


class Texts(Struct, frozen=True):
    """The parsed catalogue. Methods raise KeyError for a key or value that is missing: our own fault."""

    severities: Mapping[Severity, str]
    problems: Mapping[str, Wording]
    hints: Mapping[str, str]
    sentences: Mapping[str, str]
    report: Mapping[str, str]
    terms: tuple[Term, ...]

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
        """Return what to do about a problem. Its hint fills in {hint}."""
        values = dict(problem.values)
        hint = self.hints[problem.hint].format(**values) if problem.hint else ""
        return self.problems[problem.code].advice.format(**values, hint=hint)


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
    return Texts(severities, problems, tables["hints"], tables["sentences"], tables["report"], terms)
