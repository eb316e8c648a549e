"""Reads a Markdown file beside a plan into a lättläst text or a summary in another language."""

from collections.abc import Iterator, Mapping

from insyn.model import Summary
from insyn.problems import Found, Place
from insyn.reading.fields import Fields
from insyn.reading.frontmatter import read_markdown
from insyn.reading.keys import SummaryKeys
from insyn.reading.sources import Listing, SourceText
from insyn.swedish import listed
from insyn.vocabulary import EASY, LANGUAGES


def read_summaries(listing: Listing, texts: Mapping[str, SourceText], found: Found) -> Iterator[Summary]:
    """Read all summaries; an unknown language is an error."""
    for file in listing.summaries:
        written = texts.get(file.path)
        if written is None:
            continue
        if file.version != EASY and file.version not in LANGUAGES:
            found.add(
                "language-unknown", Place(written.file), language=file.version, languages=listed(sorted(LANGUAGES))
            )
            continue
        source = read_markdown(written.text, written.file, found)
        if source is None:
            continue
        fields = Fields(source.header, found, SummaryKeys)
        yield fields.make(
            Summary,
            association=file.name,
            year=file.year,
            address=file.version,
            body=source.body,
            body_line=source.body_line,
        )
