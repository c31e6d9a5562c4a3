"""Attachments lie under the sum of what is in them."""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from tix.errors import DeskDamaged, PermissionRefused
from tix.store.blobs import get_blob, put_blob
from tix.store.folder import Folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CONTENT = b"\x89PNG and so on"
SUM = sha256(CONTENT).hexdigest()
NAME = f"files/{SUM[:2]}/{SUM}"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    with Folder.create(tmp_path / "desk") as folder:
        yield folder


@pytest.mark.parametrize("content", [CONTENT, b"", bytes(3_000_000)])
def test_an_attachment_comes_back(folder: Folder, content: bytes):
    digest = put_blob(folder, content)

    assert digest == sha256(content).hexdigest()
    assert get_blob(folder, digest) == content


def test_an_attachment_lies_under_its_sum_and_is_the_owners_alone(folder: Folder, tmp_path: Path):
    before = os.umask(0)
    put_blob(folder, CONTENT)
    os.umask(before)

    assert [name for name, _ in folder.walk()] == [NAME]
    assert stat.S_IMODE((tmp_path / "desk" / NAME).stat().st_mode) == 0o600


def test_what_is_there_is_not_written_again(folder: Folder):
    put_blob(folder, CONTENT)
    before = folder.signature(NAME)

    put_blob(folder, CONTENT)

    assert folder.signature(NAME) == before


def test_a_damaged_attachment_is_named_and_can_be_put_again(folder: Folder, tmp_path: Path):
    put_blob(folder, CONTENT)
    (tmp_path / "desk" / NAME).write_bytes(b"\x89PNG and so off")

    with pytest.raises(DeskDamaged, match=NAME):
        get_blob(folder, SUM)
    put_blob(folder, CONTENT)
    assert get_blob(folder, SUM) == CONTENT


def test_a_missing_attachment_is_missing(folder: Folder):
    with pytest.raises(FileNotFoundError) as missing:
        get_blob(folder, SUM)
    assert missing.value.filename == NAME


def test_a_planted_attachment_is_refused(folder: Folder, tmp_path: Path):
    (tmp_path / "desk" / "files" / SUM[:2]).mkdir(parents=True)
    (tmp_path / "desk" / NAME).symlink_to(tmp_path / "elsewhere")

    with pytest.raises(PermissionRefused):
        put_blob(folder, CONTENT)
    assert not (tmp_path / "elsewhere").exists()


def test_a_sum_that_is_none_leads_nowhere(folder: Folder):
    with pytest.raises(PermissionRefused):
        get_blob(folder, "../../tickets.json")
