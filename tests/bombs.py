"""Texts that are built to take long or much memory: each of a size, so that growth can be measured."""

from collections.abc import Callable, Mapping

from tests.site import PLAN

Bomb = Callable[[int], str]
"""From a size to the text of a `plan.md`."""
BODY = "Förbundet stödjer samverkan."
COSTS = "      - {namn: Kansli, ändamål: administration, belopp: [500 000, 600 000]}\n"


def in_body(text: str) -> str:
    assert BODY in PLAN
    return PLAN.replace("\n    ", "\n").replace(BODY, text).lstrip()


def in_front(text: str) -> str:
    """Return the plan with lines of its front matter after the year."""
    return in_body(BODY).replace("år: 2025\n", f"år: 2025\n{text}\n", 1)


def in_costs(rows: str) -> str:
    plan = in_body(BODY)
    assert COSTS in plan
    return plan.replace(COSTS, f"{COSTS}{rows}")


def table(rows: int, columns: int) -> str:
    def row(cell: str) -> str:
        return f"| {' | '.join([cell] * columns)} |"

    return "\n".join([row("A"), row("---"), *[row("text")] * rows])


BOMBS: Mapping[str, Bomb] = {
    "brackets": lambda n: in_body("[" * n),
    "image-marks": lambda n: in_body("![" * n),
    "closing-brackets": lambda n: in_body("]" * n),
    "bracket-pairs": lambda n: in_body("[]" * n),
    "nested-brackets": lambda n: in_body("[" * n + "]" * n),
    "nested-links": lambda n: in_body("[a](" * n),
    "link-destinations": lambda n: in_body("[a](<b" * n),
    "link-titles": lambda n: in_body("[a](b 'c" * n),
    "references": lambda n: in_body("\n".join(f"[a{i}]: /b" for i in range(n))),
    "reference-uses": lambda n: in_body(" ".join(f"[a{i}]" for i in range(n))),
    "backtick-fence": lambda n: in_body("`" * n),
    "backtick-runs": lambda n: in_body("".join("`" * (i % 200 + 1) + "a" for i in range(n // 100))),
    "backticks-apart": lambda n: in_body("`a``b" * n),
    "tildes": lambda n: in_body("~" * n),
    "stars": lambda n: in_body("*" * n),
    "open-stars": lambda n: in_body("*a " * n),
    "closed-stars": lambda n: in_body(" a*" * n),
    "mixed-emphasis": lambda n: in_body("*a _b " * n),
    "double-emphasis": lambda n: in_body("a**b" + "c* " * n),
    "underscores": lambda n: in_body("_" * n),
    "underscored": lambda n: in_body("a_b" * n),
    "quotes-nested": lambda n: in_body(">" * n),
    "quotes-lines": lambda n: in_body("\n".join(">" * (i % 50) + " a" for i in range(n))),
    "lists-nested": lambda n: in_body("- " * n + "a"),
    "lists-deep": lambda n: in_body("\n".join("  " * (i % 40) + "- a" for i in range(n))),
    "lists-numbered": lambda n: in_body("\n".join(f"{i}. a" for i in range(n))),
    "list-blank": lambda n: in_body("- a\n" + "\n" * n + "- b"),
    "definitions": lambda n: in_body("a\n: b\n" * n),
    "definitions-apart": lambda n: in_body("a\n\n: b\n\n" * n),
    "colons": lambda n: in_body(":" * n),
    "setext": lambda n: in_body("a\n===\n" * n),
    "long-paragraph": lambda n: in_body("a\n" * n),
    "fences": lambda n: in_body("```\n" * n),
    "fence-open": lambda n: in_body("```\n" + "a\n" * n),
    "entities": lambda n: in_body("&" * n),
    "entity-names": lambda n: in_body("&amp" * n),
    "backslashes": lambda n: in_body("\\" * n),
    "autolinks": lambda n: in_body("<" * n),
    "autolink-starts": lambda n: in_body("<a:" * n),
    "autolink-mail": lambda n: in_body("<" + "a@" * n),
    "html-comments": lambda n: in_body("<!--" * n),
    "schemes": lambda n: in_body("a://" * n),
    "http": lambda n: in_body("http://" * n),
    "http-long": lambda n: in_body("http://" + "a." * n),
    "http-brackets": lambda n: in_body("http://a.se/" + "(" * n),
    "mail": lambda n: in_body("a@" * n),
    "mail-dots": lambda n: in_body("a." * n + "@"),
    "mail-words": lambda n: in_body("a" * n + "@"),
    "mailto": lambda n: in_body("mailto:" * n),
    "www": lambda n: in_body("www." * n),
    "pipes": lambda n: in_body("|" * n + "\n" + "|-" * n),
    "table-rows": lambda n: in_body(table(n, 3)),
    "table-wide": lambda n: in_body(table(n // 6, 30)),
    "table-columns": lambda n: in_body(table(2, n)),
    "table-short-rows": lambda n: in_body("|".join(["a"] * n) + "\n" + "|".join(["-"] * n) + "\n" + "a\n" * n),
    "tables": lambda n: in_body("Tabell: A\n\n| a | b |\n| - | - |\n| c | d |\n\n" * (n // 4)),
    "hard-breaks": lambda n: in_body("a  \n" * n),
    "spaces": lambda n: in_body("a" + " " * n + "b"),
    "space-lines": lambda n: in_body((" " * 50 + "\n") * n),
    "tabs": lambda n: in_body("\t" * n + "a"),
    "blank-lines": lambda n: in_body("a" + "\n" * n + "b"),
    "headings": lambda n: in_body("\n\n".join(["## Rubrik"] * n)),
    "headings-empty": lambda n: in_body("#\n" * n),
    "headings-two": lambda n: in_body("\n\n".join(f"## Rubrik {i}\n\nText." for i in range(n))),
    "hashes": lambda n: in_body("#" * n),
    "heading-hashes": lambda n: in_body("# a " + "#" * n + "b"),
    "broken-links": lambda n: in_body("\n\n".join(f"[a](../fel-{i}/)" for i in range(n // 5))),
    "broken-links-one-line": lambda n: in_body(" ".join(f"[a](../fel-{i}/)" for i in range(n // 5))),
    "broken-anchors": lambda n: in_body("\n\n".join(f"[a](#fel-{i})" for i in range(n // 5))),
    "good-links": lambda n: in_body("\n\n".join("[a](../../norr/)" for _ in range(n // 5))),
    "top-links": lambda n: in_body("\n\n".join(f"[a](/fel-{i}/)" for i in range(n // 5))),
    "unsafe-links": lambda n: in_body("\n\n".join(f"[a](ftp://a/{i})" for i in range(n // 5))),
    "footnotes-missing": lambda n: in_body(" ".join(f"a[^{i}]" for i in range(n // 5))),
    "footnotes": lambda n: in_body("\n\n".join(f"a[^{i}]\n\n[^{i}]: b" for i in range(n // 5))),
    "footnotes-unused": lambda n: in_body("\n\n".join(f"[^{i}]: b" for i in range(n // 5))),
    "footnote-again": lambda n: in_body("a[^1] " * (n // 5) + "\n\n[^1]: b"),
    "footnote-chain": lambda n: in_body("a[^0]\n\n" + "\n\n".join(f"[^{i}]: b[^{i + 1}]" for i in range(n // 5))),
    "footnote-nested": lambda n: in_body("[^1]: " * n),
    "phones": lambda n: in_body(" ".join(f"08-123 {i % 90 + 10} {i % 80 + 10}" for i in range(n // 5))),
    "digits": lambda n: in_body("1" * n),
    "digits-apart": lambda n: in_body("1 " * n),
    "dates": lambda n: in_body("20120101 " * n),
    "months": lambda n: in_body("0101" * n),
    "days-apart": lambda n: in_body("12 01 01 " * n),
    "accents": lambda n: in_body("e" + "\u0301" * n),
    "accents-mixed": lambda n: in_body("e" + "\u0301\u0323" * n),
    "digit-accents": lambda n: in_body(("1" + "\u0301" * 10) * (n // 10)),
    "zero-width": lambda n: in_body("a\u200bb" * n),
    "soft-hyphens": lambda n: in_body("a\u00ad" * n),
    "hard-spaces": lambda n: in_body("\u00a0" * n + "a"),
    "hard-space-lines": lambda n: in_body(("\u00a0" * 20 + "\n") * (n // 10)),
    "amounts": lambda n: in_body("1 000 000 kr " * n),
    "amounts-joined": lambda n: in_body("1 000" * n),
    "percent": lambda n: in_body("10 % " * n),
    "per": lambda n: in_body("100 kr per " * n),
    "laws": lambda n: in_body("lag (2003:1210) " * n),
    "paragraphs-of-law": lambda n: in_body("1 kap. 2 § " * n),
    "words": lambda n: in_body("samverkan " * n),
    "paragraphs": lambda n: in_body(("samverkan " * 900 + "\n\n") * (n // 900)),
    "one-word": lambda n: in_body("a" * n),
    "capitals": lambda n: in_body("SAMVERKAN " * n),
    "tags": lambda n: in_body("<p " * n),
    "tags-closed": lambda n: in_body("<b>a</b> " * n),
    "dots": lambda n: in_body("." * n),
    "dots-apart": lambda n: in_body(". " * n),
    "dotted-contents": lambda n: in_body("\n".join(f"Rubrik {i} ........ {i}" for i in range(n))),
    "dashes": lambda n: in_body("-" * n),
    "dashes-apart": lambda n: in_body("- – " * n),
    "bullets": lambda n: in_body("•\ta\n" * n),
    "todo": lambda n: in_body("XX TODO ... " * n),
    "page-numbers": lambda n: in_body("\n\n".join(f"Sida {i} (99)" for i in range(n // 5))),
    "crossed-lines": lambda n: in_body("sam-\nverkan " * n),
    "quotes": lambda n: in_body("\"a'" * n),
    "years": lambda n: in_body("2025 2026 " * n),
    "rows": lambda n: in_costs("".join(
        f"      - {{namn: Rad {i}, ändamål: individ, belopp: [0, 0]}}\n" for i in range(n // 5))),
    "rows-alike": lambda n: in_costs("      - {namn: Rad, ändamål: individ, belopp: [0, 0]}\n" * (n // 5)),
    "rows-odd": lambda n: in_costs("".join(
        f"      - {{namn: Rad {i}, ändamål: individ, belopp: [{i}, x]}}\n" for i in range(n // 5))),
    "rows-amounts": lambda n: in_costs("".join(
        f"      - {{namn: Rad {i}, ändamål: individ, belopp: [{i * 1000}, {i * 7000}]}}\n" for i in range(n // 5))),
    "one-row-cells": lambda n: in_costs(f"      - {{namn: Rad, ändamål: individ, belopp: [{', '.join(['0'] * n)}]}}\n"),
    "keys": lambda n: in_front("\n".join(f"nyckel{i}: a" for i in range(n // 5))),
    "keys-nested": lambda n: in_front("mål: " + "{a: " * n),
    "flow-open": lambda n: in_front("mål: " + "[" * n),
    "flow-braces": lambda n: in_front("mål: " + "{" * n),
    "quote-open": lambda n: in_front('undertitel: "' + "a\n  " * n),
    "yaml-colons": lambda n: in_front("undertitel: " + "a: " * n),
    "yaml-aliases": lambda n: in_front("undertitel: &a b\n" + "".join(f"a{i}: *a\n" for i in range(n // 5))),
    "yaml-comments": lambda n: in_front("# a\n" * n),
    "yaml-comment-cuts": lambda n: in_front("\n".join(f"a{i}: b #c" for i in range(n // 5))),
    "yaml-dashes": lambda n: in_front("- " * n),
    "yaml-documents": lambda n: in_front("--- a\n" * n),
    "yaml-spaces": lambda n: in_front("undertitel:" + " " * n + "b"),
    "yaml-long-key": lambda n: in_front("a" * n + ": b"),
    "yaml-long-line": lambda n: in_front("undertitel: " + "a " * n),
    "yaml-tabs": lambda n: in_front("\tundertitel: a\n" * n),
    "yaml-braces-lines": lambda n: in_front("mål:\n" + "  - {text: a, }\n" * (n // 5) + "  - {text: b"),
    "goals": lambda n: in_front("mål:\n" + "".join(f"  - {{text: Mål {i}.}}\n" for i in range(n // 5))),
    "goals-alike": lambda n: in_front("mål:\n" + "  - {text: Mål.}\n" * (n // 5)),
    "goal-marks": lambda n: in_front("mål:\n" + f"  - {{text: '{'![' * 2400}'}}\n" * max(1, n // 5000)),
    "title": lambda n: in_body(BODY).replace("titel: Verksamhetsplan 2025", f"titel: {'a' * n}"),
    "no-front-matter": lambda n: "a\n" * n,
    "front-unclosed": lambda n: "---\n" + "a: b\n" * n,
    "conflict": lambda n: in_body("<<<<<<< a\n" * n),
    "draft-words": lambda n: in_body(BODY).replace("status: beslutad", "status:" + " " * n + "x"),
    "returns": lambda n: in_body("a\r" * n),
    "nulls": lambda n: in_body("\0" * n),
}  # fmt: skip
