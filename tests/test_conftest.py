"""A folder that is built once in a run is complete, and built by the first worker to ask."""

from pathlib import Path

import pytest

from tests.conftest import Once


def test_a_folder_that_many_read_is_filled_once_and_anew_after_a_failure(once: Once) -> None:
    filled: list[str] = []

    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise OSError("half")

    def fill(folder: Path) -> None:
        filled.append(folder.name)
        (folder / "whole").touch()

    with pytest.raises(OSError, match="half"):
        once("itself", fail)
    for _ in range(2):
        assert [file.name for file in once("itself", fill).iterdir()] == ["whole"]
    assert len(filled) == 1
