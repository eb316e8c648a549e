"""Which of our regular expressions take more than proportionate time on some text?

Each is tried on texts that repeat what its own repetitions match, and then fail: those that grow with the square of the
text, or worse, show it there. Time is the process's own and only ever compared with itself on a shorter text.
"""

import ast
import importlib
import random
import re
import time
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # what `re` itself parses by

import insyn

PACKAGE = Path(insyn.__path__[0])
SIZES = (12, 18, 27, 40, 60, 120, 500, 2_000, 8_000)
SHORT, MIDDLE, FAST = 24, 2_000, 0.001
"""What is tried on two texts within so many seconds is neither exponential nor quadratic: that is nearly all."""
WORST = 9
"""Times as long on the last text as on one of a fourth of its length: 4 when linear, 16 when quadratic."""
LEAST, ENOUGH = 0.01, 0.25
"""Seconds below which growth can't be told from chance, and after which no longer text is tried."""
ENDS = ("", "\0", "\n", "a0")
ANCHORED = frozenset({"match", "fullmatch"})
SEARCHING = "search"


def patterns() -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Yield name, pattern and whether it is only tried at one place, of all that are compiled as a module is imported,
    and of those that are written where they are used."""
    modules = {file: importlib.import_module(_name(file)) for file, _ in _trees()}
    for file, tree in _trees():
        used = _methods(tree)
        for name, value in vars(modules[file]).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
                methods = used.get(name, set())
                if methods or not any(name in _methods(other) for _, other in _trees()):
                    yield f"{_name(file)}.{name}", value, bool(methods) and methods <= ANCHORED
        yield from _written(file, tree, vars(modules[file]))


@cache
def _trees() -> tuple[tuple[Path, ast.AST], ...]:
    files = sorted(file for file in PACKAGE.rglob("*.py") if file.stem != "__init__")
    return tuple((file, ast.parse(file.read_text("utf-8"))) for file in files)


def _name(file: Path) -> str:
    return ".".join(file.relative_to(PACKAGE.parent).with_suffix("").parts)


@cache
def _methods(tree: ast.AST) -> dict[str, set[str]]:
    """Return how a module uses each pattern, by its name. One of several that a loop goes through is matched whole."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=method):
                found.setdefault(name, set()).add(method)
            case ast.For(target=ast.Name(id=name), iter=ast.Tuple(elts=several)):
                for one in several:
                    if isinstance(one, ast.Name):
                        found.setdefault(one.id, found.setdefault(name, set()))
    return found


def _written(file: Path, tree: ast.AST, names: Mapping[str, object]) -> Iterator[tuple[str, re.Pattern[str], bool]]:
    """Yield the patterns that stand where they are used, or are compiled when they are first needed."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"), attr=method), args=[written, *more]) if (
                method not in {"escape", "Pattern"}
            ):
                text = written.value if isinstance(written, ast.Constant) else names.get(getattr(written, "id", ""))
                if isinstance(text, str) and not (method == "compile" and isinstance(written, ast.Constant)):
                    flags = re.VERBOSE if any("VERBOSE" in ast.unparse(one) for one in more) else 0
                    yield f"{_name(file)}:{node.lineno}", re.compile(text, flags), method in ANCHORED


def slow_text(pattern: re.Pattern[str], *, is_anchored: bool, budget: float = float("inf")) -> str | None:
    """Return a piece of a text that takes more than proportionate time; None when none is found.

    `budget` is the processor time in seconds after which no further piece is tried.
    """
    attempt = pattern.match if is_anchored else pattern.search
    attacks = list(_attacks(pattern))
    random.Random(0).shuffle(attacks)
    ends = time.process_time() + budget
    for before, piece, end in attacks:
        if time.process_time() > ends:
            break
        if all(_time(lambda text=text: attempt(text), FAST) < FAST for text in _glance(before, piece, end)):  # type: ignore[misc]
            continue
        times: dict[int, float] = {}
        for size in SIZES:
            text = _repeat(before, piece, end, size)
            times[size] = _time(lambda text=text: attempt(text))  # type: ignore[misc]
            if times[size] > ENOUGH:
                break
        if _is_superlinear(times):
            return f"{before!r} + {piece!r} * n + {end!r}: {times}"
    return None


def _repeat(before: str, piece: str, end: str, size: int) -> str:
    return before + piece * (size // len(piece) + 1) + end


def _glance(before: str, piece: str, end: str) -> Iterator[str]:
    return (_repeat(before, piece, end, size) for size in (SHORT, MIDDLE))


def _time(work: Callable[[], object], enough: float = 0) -> float:
    """Return the processor time of some work: the least of three, or the first that is less than enough."""
    best = 10 * ENOUGH
    for _ in range(3):
        began = time.process_time()
        work()
        best = min(best, time.process_time() - began)
        if best > ENOUGH or best < enough:
            break
    return best


def _is_superlinear(times: dict[int, float]) -> bool:
    sizes = sorted(times)
    if len(sizes) < len(SIZES):
        return True
    last, before = times[sizes[-1]], times[sizes[-2]]
    return last > LEAST and last > WORST * before


def _attacks(pattern: re.Pattern[str]) -> Iterator[tuple[str, str, str]]:
    """Yield what may stand before, the piece to repeat and the end."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    chance = random.Random(0)
    pieces = dict.fromkeys(
        (before, piece) for _ in range(2) for before, piece in _repeated(list(tree), "", chance) if 0 < len(piece) < 60
    )
    for before, piece in pieces:
        for start in {before, ""}:
            for end in ENDS:
                yield start, piece, end


def _repeated(items: list[tuple[object, object]], before: str, chance: random.Random) -> Iterator[tuple[str, str]]:
    """Yield samples of what repetitions repeat, each after a sample of what stands before it."""
    for number, (operator, argument) in enumerate(items):
        name = str(operator)
        if name in {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}:
            _, most, inner = argument  # type: ignore[misc]
            sample = _sample(list(inner), chance)
            if most >= 8:
                yield before, sample
                rest = _sample(items[number + 1 :], chance)
                yield before, sample + rest
                yield before, before + sample
                yield "", _sample(items, chance)
            yield from _repeated(list(inner), before, chance)
        elif name == "SUBPATTERN":
            yield from _repeated(list(argument[-1]), before, chance)  # type: ignore[index]
        elif name == "ATOMIC_GROUP":
            yield from _repeated(list(argument), before, chance)  # type: ignore[call-overload]
        elif name == "BRANCH":
            for branch in argument[1]:  # type: ignore[index]
                yield from _repeated(list(branch), before, chance)
        before += _sample([(operator, argument)], chance)


def _sample(items: list[tuple[object, object]], chance: random.Random) -> str:
    """Return a text that the items match, more or less."""
    made = ""
    for operator, argument in items:
        name = str(operator)
        match name:
            case "LITERAL":
                made += chr(argument)  # type: ignore[call-overload]
            case "NOT_LITERAL":
                made += "a" if argument != ord("a") else "b"
            case "ANY":
                made += "a"
            case "IN":
                made += _member(argument, chance)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                least, most, inner = argument  # type: ignore[misc]
                made += _sample(list(inner), chance) * min(max(least, 1), most)
            case "SUBPATTERN":
                made += _sample(list(argument[-1]), chance)  # type: ignore[index]
            case "ATOMIC_GROUP":
                made += _sample(list(argument), chance)  # type: ignore[call-overload]
            case "BRANCH":
                made += _sample(list(chance.choice(argument[1])), chance)  # type: ignore[index]
    return made


CANDIDATES = 'a1 -.,:/([{|_@\t\n\u00a0*#"åA<>&%'


def _member(members: object, chance: random.Random) -> str:
    """Return a sign of a set, of those that are likeliest to be in others too."""
    fitting = [sign for sign in CANDIDATES if _has(members, sign)]
    return chance.choice(fitting) if fitting else _first_literal(members)


def _has(members: object, sign: str) -> bool:
    negated = found = False
    for operator, argument in members:  # type: ignore[attr-defined]
        match str(operator):
            case "NEGATE":
                negated = True
            case "LITERAL":
                found |= ord(sign) == argument
            case "RANGE":
                found |= argument[0] <= ord(sign) <= argument[1]
            case "CATEGORY":
                found |= bool(re.match(CATEGORIES[str(argument)], sign))
    return found != negated


CATEGORIES = {
    "CATEGORY_DIGIT": r"\d", "CATEGORY_NOT_DIGIT": r"\D", "CATEGORY_SPACE": r"\s", "CATEGORY_NOT_SPACE": r"\S",
    "CATEGORY_WORD": r"\w", "CATEGORY_NOT_WORD": r"\W",
}  # fmt: skip


def _first_literal(members: object) -> str:
    for operator, argument in members:  # type: ignore[attr-defined]
        if str(operator) == "LITERAL":
            return chr(argument)
        if str(operator) == "RANGE":
            return chr(argument[0])
    return "a"
