"""The contract of ``tix-sla``: a test for each row of its table."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.sla.checker import MONDAY, bare

if TYPE_CHECKING:
    from tests.sla.checker import Checker

BREACHED = (
    "BREACHED 1 urgent first 5m over (due 2026-11-23T09:15+01:00) "
    "alice ops@acme.test: Refund not received\n"
)
AT_RISK = "AT-RISK 2 high first 10m left (due 2026-11-23T10:00+01:00) - -: No login\n"
SOON = "2026-11-23T08:50:00Z"


def unknown(stderr: str) -> str:
    """Return the code of the one line that stderr is."""
    assert stderr.count("\n") == 1
    name, word, code, _ = stderr.split(": ", 3)
    assert (name, word) == ("tix-sla", "UNKNOWN")
    return code


def test_a_desk_without_tickets_is_fine_and_silent(sla: Checker):
    result = sla.process()

    assert (result.stdout, result.stderr, result.code) == ("", "", 0)


def test_tickets_in_time_are_fine_and_silent(late: Checker):
    result = late.process("--now", "2026-11-21T18:31:00Z")

    assert (result.stdout, result.stderr, result.code) == ("", "", 0)


def test_what_is_only_at_risk_is_a_line_each_and_ends_with_1(late: Checker):
    late.desk("resolve 1")

    result = late.process(env={"TIX_NOW": SOON})

    assert (result.stdout, result.stderr, result.code) == (AT_RISK, "", 1)


def test_a_breach_ends_with_2_and_comes_first(late: Checker):
    result = late.process("--now", SOON)

    first = BREACHED.replace("5m over", "35m over")
    assert (result.stdout, result.stderr, result.code) == (first + AT_RISK, "", 2)


def test_what_was_told_is_no_news_and_fine(late: Checker):
    assert late("--new", code=2) == BREACHED

    result = late.process("--new")

    assert (result.stdout, result.stderr, result.code) == ("", "", 0)
    assert late(code=2) == BREACHED


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--no-such"], "usage"),
        (["--warn-before", "soon"], "bad_date"),
        (["--format", "xml"], "usage"),
        (["--timeout"], "usage"),
        (["stauts:open"], "unknown_field"),
        (["due:11/24"], "bad_date"),
        (["--db", "/nowhere/desk"], "cannot_create"),
        (["--tz", "Europe/Zagrab"], "usage"),
        (["--now", "yesterday"], "bad_date"),
        (["--new", "--notify", "pigeon:coop"], "usage"),
        (["--flag", "--tag", "two words"], "usage"),
        (["caf\udce9"], "usage"),
    ],
)
def test_what_cannot_be_asked_is_unknown(late: Checker, words: list[str], code: str):
    result = late.here(*words)

    assert (result.stdout, result.code) == ("", 3)
    assert unknown(result.stderr) == code


def test_a_damaged_desk_is_unknown(late: Checker):
    (late.desk.home / "desk" / "tickets.json").write_text("{}")

    result = late.here()

    assert (result.stdout, result.code, unknown(result.stderr)) == ("", 3, "db_corrupt")


def test_a_desk_of_a_later_version_is_unknown(late: Checker):
    root = late.desk.home / "desk" / "tickets.json"
    from tix.store.page import dump, load

    tables = load("tickets.json", root.read_bytes())
    tables["desk"]["1"]["schema"] = 9999
    root.write_bytes(dump(tables))

    result = late.here()

    assert (result.stdout, result.code, unknown(result.stderr)) == ("", 3, "db_newer")


def test_a_desk_that_somebody_writes_to_is_unknown_after_the_lock_timeout(late: Checker):
    import fcntl

    with (late.desk.home / "desk" / "lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = late.process("--flag", "--lock-timeout", "0")

    assert (result.stdout, result.code, unknown(result.stderr)) == ("", 3, "locked")


def test_an_invalid_config_is_unknown(late: Checker):
    (late.desk.home / "config.toml").write_text("timezone = 'Mars/Olympus'\n")
    late.env.pop("TIX_TZ")

    result = late.here()

    assert (result.stdout, result.code, unknown(result.stderr)) == ("", 3, "config_invalid")


def test_too_long_a_check_is_unknown(late: Checker):
    import fcntl

    with (late.desk.home / "desk" / "lock").open("r+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        result = late.process("--flag", "--notify", "command:sleep 9", "--timeout", "1s")
        assert unknown(result.stderr) == "locked"
    result = late.process("--new", "-q", "--notify", "command:sleep 9", "--timeout", "1s")

    assert (result.stdout, result.code, unknown(result.stderr)) == ("", 3, "timeout")


def test_sigterm_is_unknown(late: Checker):
    mark = late.desk.home / "begun"
    checker = late.start("--new", "-q", "--notify", f"command:sh -c 'touch {mark}; sleep 9'")
    while not mark.exists() and checker.poll() is None:
        os.sched_yield()

    checker.send_signal(signal.SIGTERM)
    stdout, stderr = checker.communicate()

    assert (stdout, checker.returncode, unknown(stderr)) == ("", 3, "terminated")


def test_a_bug_is_unknown(late: Checker):
    program = (
        "import sys\n"
        "from tix.sla.__main__ import main\n"
        "class Word(str):\n"
        "    def encode(self): return 1 / 0\n"
        "sys.exit(main([Word()]))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], env=late.env, capture_output=True, text=True, check=False
    )

    assert (done.stdout, done.returncode, unknown(done.stderr)) == ("", 3, "internal")


def test_a_desk_that_is_not_there_is_unknown_also_at_the_default_place(late: Checker):
    shutil.rmtree(late.desk.home / "desk")
    late.env.pop("TIX_DB")

    for words in ([], ["--new"]):
        result = late.here(*words)

        assert (result.stdout, result.code, unknown(result.stderr)) == ("", 3, "cannot_create")
    assert not (late.desk.home / ".local" / "share").exists()


def test_a_desk_that_is_not_there_may_be_allowed(late: Checker):
    shutil.rmtree(late.desk.home / "desk")

    result = late.here("--allow-missing", "--new")

    assert (result.stdout, result.stderr, result.code) == ("", "", 0)
    assert late("--allow-missing --format nagios").startswith("TIX SLA OK - 0 breached")


def test_a_reader_that_went_away_ends_it_with_3_and_without_a_word(late: Checker):
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-m", "tix.sla"],
        env=late.env,
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(write)

    assert (done.stderr, done.returncode) == ("", 3)


def test_a_full_output_is_unknown(late: Checker):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tix.sla"],
            env=late.env,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert (done.returncode, unknown(done.stderr)) == (3, "io")


def test_without_a_word_to_write_nothing_is_written(late: Checker):
    before = late.content()

    for fmt in ("text", "nagios", "json", "prometheus"):
        assert late(f"--format {fmt}", code=2)

    assert late.content() == before


def test_new_writes_the_ledger_alone_and_in_one_commit(late: Checker):
    before = late.content()

    late("--new", code=2)

    after = late.content()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"tickets.json"}
    assert {n for n in after.keys() - before if not n.startswith("backups/")} == {"sla.lock"}
    assert late.desk("log --ops -o jsonl").count("\n") == 3


def test_exit_zero_is_for_1_and_2_and_never_for_3(late: Checker):
    assert late("--exit-zero") == BREACHED
    assert late.here("--exit-zero", "--db", "/nowhere").code == 3


def test_quiet_prints_nothing_and_ends_the_same(late: Checker):
    assert late("--quiet", code=2) == ""
    assert unknown(late.here("--quiet", "--db", "/nowhere").stderr) == "cannot_create"


def test_check_may_be_the_first_word_and_means_nothing(late: Checker):
    assert late("check id:1", code=2) == BREACHED
    assert late("check id:2") == ""


def test_help_and_version_end_with_0(late: Checker):
    for words, begin in ((["--help"], "Usage: tix-sla"), (["-V"], "tix-sla ")):
        result = late.here(*words)

        assert result.stdout.startswith(begin)
        assert (result.stderr, result.code) == ("", 0)


def test_it_works_where_cron_starts_it(late: Checker):
    home = late.desk.home
    place = home / ".local" / "share" / "tix"
    place.parent.mkdir(parents=True)
    (home / "desk").rename(place)

    done = subprocess.run(
        [sys.executable, "-m", "tix.sla", "--now", MONDAY, "--tz", "Europe/Zagreb", "--new"],
        env=bare(str(home)),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd="/",
        check=False,
    )

    assert done.stdout.startswith("BREACHED 1 urgent first 5m over (due ")
    assert (done.stderr, done.returncode) == ("", 2)
