"""Lighthouse on the start page, a förbund's page and a plan's: `python -m tests.lighthouse [--runs N] [PAGE ...]`.

The site of `content/` is built in a temporary folder and served like a web host would: compressed, with the headers of
its own `_headers`. Lighthouse is a Node program (`npm install lighthouse`), found in PATH, in `node_modules` here or by
the environment variable LIGHTHOUSE. It is run with its defaults: a phone with a slow processor, on a slow connection
that it simulates from its measurements. Other work on the machine still lowers the scores for speed, so each page is
run several times, and the median counts. Not part of CI, which has no Node.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median_low
from typing import Any

from tests.browser import headers_of, served
from tests.site import TestSite

PROJECT = Path(__file__).parent.parent
PAGES = ("", "hoglandet/", "sunnerbo/2021/")
"""The plan is a decided one: a proposal asks search engines to skip it, which lowers the score for SEO."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
TIMES = ("largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift")
ENOUGH = 0.9
"""An audit below this is reported."""
CHROME = "--headless=new --no-sandbox --disable-dev-shm-usage"

Report = dict[str, Any]


def main(arguments: Sequence[str]) -> int:
    """Print the scores of each page, and everything that lowered them. Return 1 if anything did."""
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", description="Run Lighthouse on some pages.")
    parser.add_argument("--runs", type=int, default=5, help="runs of each page (default: %(default)s)")
    parser.add_argument("--desktop", action="store_true", help="as a desktop computer instead of a phone")
    parser.add_argument("pages", nargs="*", default=list(PAGES), help="pages by path (default: three)")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="insyn-lighthouse-") as folder:
        site = TestSite(Path(folder), content=PROJECT / "content")
        if site.build(pdfs=True, search=True):
            print(site.printed, file=sys.stderr)
            return 1
        with served(site.output, compressed=True, headers=headers_of(site.output)) as at:
            faultless = [
                judge(page, [run(at.address + page, desktop=asked.desktop) for _ in range(asked.runs)])
                for page in asked.pages
            ]
    return 0 if all(faultless) else 1


def run(address: str, *, desktop: bool) -> Report:
    """Run Lighthouse on a page and return its report."""
    command = [*program(), address, "--quiet", "--output=json", f"--chrome-flags={CHROME}"]
    command += ["--preset=desktop"] if desktop else []
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    report: Report = json.loads(done.stdout)
    return report


def program() -> list[str]:
    """Return the command that starts Lighthouse."""
    here = PROJECT / "node_modules" / ".bin" / "lighthouse"
    found = os.environ.get("LIGHTHOUSE") or shutil.which("lighthouse") or (str(here) if here.exists() else None)
    if found is None:
        raise SystemExit("Lighthouse isn't here: npm install lighthouse, or LIGHTHOUSE=path.")
    return [found]


def judge(page: str, reports: Sequence[Report]) -> bool:
    """Print the result of a page's runs; return whether their median has full scores."""
    points = [{name: round(100 * (one["categories"][name]["score"] or 0)) for name in CATEGORIES} for one in reports]
    middle = {name: median_low(one[name] for one in points) for name in CATEGORIES}
    print(f"/{page}: {', '.join(f'{name} {count}' for name, count in middle.items())}")
    for each, report in zip(points, reports, strict=True):
        times = ", ".join(str(report["audits"][name]["displayValue"]).replace("\xa0", " ") for name in TIMES)
        print(f"    {' '.join(map(str, each.values()))}  ({times})")
    for line in sorted({line for report in reports for line in lacking(report)}):
        print(f"    {line}", flush=True)
    return set(middle.values()) == {100}


def lacking(report: Report) -> list[str]:
    """Return the audits that lowered the scores."""
    refs = [(name, ref) for name in CATEGORIES for ref in report["categories"][name]["auditRefs"] if ref["weight"]]
    audits = [(name, report["audits"][ref["id"]]) for name, ref in refs]
    return [f"{name}: {one['title']}" for name, one in audits if one["score"] is not None and one["score"] < ENOUGH]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
