from __future__ import annotations

import subprocess
import sys
from shutil import which
from typing import TYPE_CHECKING

import pytest

from tests.cli.on_a_terminal import FRAME, ended, python
from tests.commandline import environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Editing = Callable[..., tuple[str, int | None]]

EDIT = """
from tix.cli.editor import edit
with edit(%r, config, below=%r, name="reply-12") as draft:
    print(ascii(draft.text))
    %s
"""
ABORTED = "tix: error: aborted, nothing was saved\n"
FAILED = "raise DeskDamaged('page 7 is damaged')"


@pytest.fixture
def editing(tmp_path: Path) -> Editing:
    """Edit a text with an editor that is a shell script, which gets the file as ``$1``."""

    def run(
        script: str,
        initial: str = "",
        below: str = "",
        then: str = "pass",
        **env: str | None,
    ) -> tuple[str, int | None]:
        editor = tmp_path / "my editor"
        editor.write_text(f"#!/bin/sh\n{script}\n")
        editor.chmod(0o755)
        body = "from tix.errors import DeskDamaged" + EDIT % (initial, below, then)
        return ended(python(body, tmp_path, {"TIX_EDITOR": f"'{editor}'", **env}))

    return run


def drafts(home: Path) -> list[Path]:
    return sorted(home.rglob("drafts/*/*.md"))


def kept(home: Path) -> str:
    """Return the line that tells where the one draft is, which says Hello."""
    (draft,) = drafts(home)
    assert draft.read_text() == "Hello\n"
    return f"your text is kept in {draft}\n"


def test_what_was_written_comes_back_and_the_draft_is_gone(tmp_path: Path, editing: Editing):
    assert editing("printf '\\n\\n Hello\\n\\n  world \\n\\n' >\"$1\"") == (
        "' Hello\\n\\n  world'\n",
        0,
    )
    assert list(tmp_path.glob(".local/state/tix/drafts/*")) == []


def test_the_text_to_change_is_there_already(editing: Editing):
    assert editing('echo more >>"$1"', "Hello\n") == ("'Hello\\nmore'\n", 0)


def test_what_is_below_the_scissors_is_no_part_of_the_text(tmp_path: Path, editing: Editing):
    seen = tmp_path / "seen"

    shown = editing(f'cp "$1" {seen}; sed -i "1s/^/Answer/" "$1"', "", "> Question\n")

    assert shown == ("'Answer'\n", 0)
    assert seen.read_text() == "\n\n# ---- 8< ----\n> Question\n"


def test_scissors_in_the_text_itself_do_not_cut_it(editing: Editing):
    cutting = "one\n# ---- 8< ----\ntwo"

    assert editing('sed -i 1s/one/1/ "$1"', cutting) == ("'1\\n# ---- 8< ----\\ntwo'\n", 0)
    assert editing('sed -i 1s/one/1/ "$1"', cutting, "below") == (
        "'1\\n # ---- 8< ----\\ntwo'\n",
        0,
    )


def test_line_ends_and_marks_of_other_systems_are_understood(editing: Editing):
    assert editing("printf '\\357\\273\\277a\\r\\nb\\r\\n' >\"$1\"") == ("'a\\nb'\n", 0)


@pytest.mark.parametrize(
    "script",
    ["true", "touch $1", 'echo >"$1"', "printf ' \\n\\t\\n' >\"$1\"", 'rm "$1"'],
)
@pytest.mark.parametrize("initial", ["", "Hello"])
def test_unchanged_or_empty_is_aborted(tmp_path: Path, editing: Editing, script: str, initial: str):
    assert editing(script, initial, "> Question") == (ABORTED, 5)
    assert list(tmp_path.glob(".local/state/tix/drafts/*")) == []


def test_an_error_after_the_editing_keeps_the_draft_and_says_where(
    tmp_path: Path, editing: Editing
):
    shown, code = editing('echo Hello >"$1"', then=FAILED)

    assert code == 65
    assert shown == f"'Hello'\n{kept(tmp_path)}tix: error: page 7 is damaged\n"


def test_a_draft_that_is_to_stay_stays(tmp_path: Path, editing: Editing):
    shown = editing('echo Hello >"$1"', then="draft.keep()")

    assert shown == (f"'Hello'\n{kept(tmp_path)}", 0)


def test_an_editor_that_fails_keeps_what_was_written(tmp_path: Path, editing: Editing):
    shown, code = editing('echo Hello >"$1"; exit 3')

    assert code == 5
    assert shown == (
        f"{kept(tmp_path)}"
        f"tix: error: the editor '{tmp_path}/my editor' has failed (3), nothing was saved\n"
    )


def test_an_editor_that_fails_at_once_leaves_nothing_behind(tmp_path: Path, editing: Editing):
    assert editing("exit 3", "Hello")[1] == 5
    assert list(tmp_path.glob(".local/state/tix/drafts/*")) == []


def test_an_editor_that_is_no_program_is_told(tmp_path: Path):
    (tmp_path / "junk").write_bytes(b"\0junk")
    (tmp_path / "junk").chmod(0o755)

    shown, code = ended(python(EDIT % ("", "", ""), tmp_path, {"TIX_EDITOR": f"{tmp_path}/junk"}))

    assert (shown, code) == (
        f"tix: error: the editor '{tmp_path}/junk' has failed (8), nothing was saved\n",
        5,
    )
    assert list(tmp_path.glob(".local/state/tix/drafts/*")) == []


def test_text_that_is_not_utf_8_is_kept_and_refused(tmp_path: Path, editing: Editing):
    shown, code = editing("printf '\\377' >\"$1\"")

    assert code == 65
    assert shown.endswith("tix: error: the edited text is not UTF-8, nothing was saved\n")
    assert [draft.read_bytes() for draft in drafts(tmp_path)] == [b"\xff"]


def test_nobody_else_can_read_a_draft(tmp_path: Path, editing: Editing):
    script = 'umask 0; stat -c %a "$1" "$(dirname "$1")" "$(dirname "$1")/.." >&2; echo x >"$1"'

    shown, _ = editing(script)

    assert shown == "600\n700\n700\n'x'\n"


def test_the_file_is_markdown_and_named_for_what_it_is(editing: Editing):
    assert editing('basename "$1" >"$1"') == ("'reply-12.md'\n", 0)


def test_a_folder_for_drafts_that_others_may_write_to_is_refused(tmp_path: Path, editing: Editing):
    folder = tmp_path / ".local/state/tix/drafts"
    folder.mkdir(parents=True)
    folder.chmod(0o777)

    shown, code = editing('echo x >"$1"')

    assert (shown.splitlines()[0], code) == (f"tix: error: others may write to {folder}", 77)


def test_without_a_home_the_draft_is_where_temporary_files_are(tmp_path: Path, editing: Editing):
    shown = editing('dirname "$(dirname "$1")" >"$1"', HOME=None, TMPDIR=str(tmp_path))

    assert shown == (f"'{tmp_path}'\n", 0)


def test_no_place_for_a_draft_is_told(tmp_path: Path, editing: Editing):
    (tmp_path / "file").touch()

    shown, code = editing("true", XDG_STATE_HOME=str(tmp_path / "file"))

    assert code == 73
    assert shown.startswith("tix: error: there is no place for a draft: ")


def test_ctrl_c_is_for_the_editor(editing: Editing):
    shown = editing("trap 'echo caught' INT; kill -INT 0; echo x >\"$1\"")

    assert shown == ("caught\n'x'\n", 0)


def test_an_editor_that_ctrl_c_ends_is_130_and_keeps_the_text(tmp_path: Path, editing: Editing):
    shown = editing('echo Hello >"$1"; kill -INT 0; sleep 5')

    assert shown == (kept(tmp_path), 130)


class TestChoice:
    """TIX_EDITOR, then config.toml, VISUAL and EDITOR, then what the system has."""

    @pytest.fixture(autouse=True)
    def _editors(self, tmp_path: Path) -> None:
        for name in ("tix", "file", "visual", "editor", "sensible-editor", "vi"):
            script = tmp_path / "bin" / name
            script.parent.mkdir(exist_ok=True)
            script.write_text(f'#!/bin/sh\necho {name} "$#" >"$1"\n')
            script.chmod(0o755)

    def chosen(self, home: Path, **env: str) -> tuple[str, int | None]:
        surroundings = {"PATH": f"{home}/bin", "TIX_EDITOR": None, **env}
        return ended(python(EDIT % ("", "", "pass"), home, surroundings))

    def test_the_first_that_is_set_is_taken(self, tmp_path: Path):
        (tmp_path / "config.toml").write_text('editor = "file"\n')
        below = {"VISUAL": "visual", "EDITOR": "editor"}

        assert self.chosen(tmp_path, TIX_EDITOR="tix", **below)[0] == "'tix 1'\n"
        assert self.chosen(tmp_path, TIX_EDITOR="", **below)[0] == "'file 1'\n"
        (tmp_path / "config.toml").unlink()
        assert self.chosen(tmp_path, **below)[0] == "'visual 1'\n"
        assert self.chosen(tmp_path, VISUAL="", EDITOR="editor")[0] == "'editor 1'\n"
        assert self.chosen(tmp_path)[0] == "'sensible-editor 1'\n"
        (tmp_path / "bin" / "sensible-editor").unlink()
        assert self.chosen(tmp_path)[0] == "'vi 1'\n"
        (tmp_path / "bin" / "vi").unlink()
        shown, code = self.chosen(tmp_path)
        assert code == 78
        assert shown == (
            "tix: error: there is no editor\nhint: Name another: tix config set editor COMMAND\n"
        )

    @pytest.mark.parametrize("command", ["no-such-editor -w", "'no-such-editor", "/"])
    def test_one_that_is_not_there_is_no_reason_to_take_another(self, tmp_path: Path, command: str):
        shown, code = self.chosen(tmp_path, VISUAL=command, EDITOR="editor")

        name = repr(command.removesuffix(" -w"))
        assert shown.splitlines()[0] == f"tix: error: VISUAL: there is no editor {name}"
        assert code == 78


def test_words_behind_the_command_come_before_the_file(tmp_path: Path):
    script = tmp_path / "two words"
    script.write_text('#!/bin/sh\nprintf "%s " "$1" "$2" >"$3"\n')
    script.chmod(0o755)

    shown = ended(python(EDIT % ("", "", ""), tmp_path, {"TIX_EDITOR": f"'{script}' -w '$HOME'"}))

    assert shown == ("'-w $HOME'\n", 0)


@pytest.mark.parametrize("stream", ["stdin", "stdout"])
def test_without_a_terminal_no_editor_starts(tmp_path: Path, stream: str):
    body = f"sys.{stream} = open(os.devnull, 'r+')\n" + EDIT % ("", "", "")

    shown, code = ended(python(body, tmp_path, {"TIX_EDITOR": "no-such-editor"}))

    assert code == 2
    assert shown == (
        "tix: error: there is no terminal to edit a text on\n"
        "hint: Give it with -m TEXT or -F FILE.\n"
    )


def test_cron_gets_an_error_and_no_editor(tmp_path: Path):
    code = FRAME.format(body=(EDIT % ("", "", "")).replace("\n", "\n    "))
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment(tmp_path), "TIX_EDITOR": "vi"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert (done.stdout, done.returncode) == ("", 2)


@pytest.mark.skipif(not which("vi"), reason="vi is not installed")
def test_vi_writes_an_answer(tmp_path: Path):
    child = python(EDIT % ("", "> Question\n", ""), tmp_path, {"TIX_EDITOR": "vi"})

    child.expect_exact("8< ----")
    child.send("iAnswer\x1b:wq\r")

    shown, code = ended(child)
    assert (shown.endswith("'Answer'\n"), code) == (True, 0)
