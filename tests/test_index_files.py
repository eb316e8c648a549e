"""What Pagefind writes, in one order whatever order it was written in."""

import gzip
import json

import pytest

from insyn.disk.deterministic_index import SIGNATURE, UnknownFormat, in_order

ENTRY = "pagefind-entry.json"


def packed(body: bytes) -> bytes:
    return gzip.compress(SIGNATURE + body, mtime=0)


def text(word: str) -> bytes:
    return bytes([0x60 + len(word.encode())]) + word.encode()


def array(*parts: bytes) -> bytes:
    return bytes([0x80 + len(parts)]) + b"".join(parts)


def index(filters: dict[str, list[tuple[str, bytes]]], *, hash_of_all: str = "sv_abc") -> dict[str, bytes]:
    """Write an index as Pagefind does, with its filters in the order that they are given in."""
    files = {ENTRY: json.dumps({"languages": {"sv": {"hash": hash_of_all, "page_count": 2}}}).encode()}
    listed = []
    for number, (name, values) in enumerate(filters.items()):
        file = f"sv_{hash_of_all[3:]}{number}"
        files[f"filter/{file}.pf_filter"] = packed(
            array(text(name), array(*(array(text(value), pages) for value, pages in values)))
        )
        listed.append(array(text(name), text(file)))
    pages = array(array(text("sv_1"), b"\x19\x01\x00"), array(text("sv_2"), b"\x18\x20"))
    whole = array(text("1.5.2"), pages, array(), array(*listed), array(), array(text("title")))
    files[f"pagefind.{hash_of_all}.pf_meta"] = packed(whole)
    return files


ONE, OTHER = array(b"\x00"), array(b"\x01")


def test_whatever_order_it_was_written_in_the_files_are_the_same() -> None:
    written = index({"år": [("2024", ONE), ("2025", OTHER)], "läge": [("nu", ONE)]}, hash_of_all="sv_abc")
    again = index({"läge": [("nu", ONE)], "år": [("2025", OTHER), ("2024", ONE)]}, hash_of_all="sv_def")
    assert in_order(written) == in_order(again)


def test_another_value_gives_another_name() -> None:
    one = in_order(index({"år": [("2024", ONE)]}))
    other = in_order(index({"år": [("2024", OTHER)]}))
    assert one.keys() & other.keys() == {ENTRY}


def test_the_entry_names_the_list_and_the_list_names_the_filters() -> None:
    files = in_order(index({"år": [("2024", ONE)], "läge": [("nu", ONE)]}))
    named = json.loads(files[ENTRY])["languages"]["sv"]["hash"]
    whole = gzip.decompress(files[f"pagefind.{named}.pf_meta"])
    filters = [path for path in files if path.endswith(".pf_filter")]
    assert len(filters) == 2
    assert all(path.removeprefix("filter/").removesuffix(".pf_filter").encode() in whole for path in filters)
    assert whole.startswith(SIGNATURE)
    assert b"\x19\x01\x00" in whole
    assert b"\x18\x20" in whole


@pytest.mark.parametrize(
    "body",
    [
        b"not compressed",
        gzip.compress(b"another word", mtime=0),
        packed(b"\xa0"),
        packed(b"\x9f\xff"),
        packed(array() + b"\x00"),
    ],
)
def test_another_form_is_no_index(body: bytes) -> None:
    files = index({"år": [("2024", ONE)]})
    (filters,) = (path for path in files if path.endswith(".pf_filter"))
    with pytest.raises(UnknownFormat):
        in_order({**files, filters: body})
