"""``tix sla``, and what lists and pages show of promises."""

from __future__ import annotations

import importlib.util
import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.telling import error

if TYPE_CHECKING:
    from tests.commandline import Desk

ALWAYS = """\
[calendars.standard]
zone = "Europe/Zagreb"
hours = { mon-sun = "00:00-24:00" }
holidays = ["2026-12-25 Christmas"]
exceptions = { 2026-12-31 = "08:00-12:00" }
[levels.standard]
first = { urgent = "15m", high = "1h", any = "4h" }
resolution = { any = "8h" }
[levels.gold]
first = { any = "30m", base = "calendar", pause = [] }
resolution = { any = "4h", mode = "first", pause = ["postponed"] }
ladder = [
    { at = "breach", do = ["priority up"] },
    { at = "50%", do = ["notify bob"], clocks = ["first"] },
]
priority = "high"
[policy]
default = "standard"
rules = [{ when = "is:vip", level = "gold" }]
"""
LATER = {"TIX_NOW": "2026-11-21T20:10:00Z", "NO_COLOR": "1"}


@pytest.fixture
def always(run: Desk) -> Desk:
    """A desk that is open at all hours, so that working time is real time."""
    (run.home / "sla.toml").write_text(ALWAYS)
    run("setup apply sla.toml -q")
    run("new Refund -c jo@example.com -p high")
    run("new Login -m Hello")
    return run


def test_the_levels_are_listed_with_what_they_are_for(always: Desk):
    assert always("sla policies") == (
        "gold\t1\tstandard\tany 30m\t\t\tany 4h\tis:vip\n"
        "standard\t2\tstandard\turgent 15m, high 1h, any 4h\t\t\tany 8h\tdefault\n"
    )


def test_a_level_has_a_page(always: Desk):
    assert always("sla show gold -o table") == (
        "gold\n"
        "Version            1\n"
        "Calendar           standard\n"
        "First              any 30m; calendar time; stands in no state\n"
        "Resolution         any 4h; first; stands in postponed\n"
        "Warnings           80%\n"
        "Sets the priority  high\n"
        "For                is:vip\n"
        "\n"
        "Escalation\n"
        "  at breach: priority up\n"
        "  at 50% of first: notify bob\n"
    )
    assert error(always, "sla show glod", 3) == "no level 'glod'\nhint: Did you mean 'gold'?\n"
    always("setup apply -", input='[policy]\ndefault = "none"\n')
    assert "For         what gets it by hand\n" in always("sla show standard -o table")


def test_a_calendar_has_the_holidays_of_a_year(always: Desk):
    assert always("sla calendar -o table") == (
        "standard\n"
        "Version  2\n"
        "Zone     Europe/Zagreb\n"
        "mon-sun  00:00-24:00\n"
        "\n"
        "Holidays of 2026\n"
        "  2026-12-25  Christmas\n"
        "\n"
        "Other hours in 2026\n"
        "  2026-12-31  08:00-12:00\n"
    )
    assert json.loads(always("sla calendar standard --year 2027 --json"))["holidays"] == []


def test_lists_show_the_tightest_clock(always: Desk):
    assert [line.split("\t")[6] for line in always("list", env=LATER).splitlines()] == [
        "breached:first:-2400",
        "running:first:8400",
    ]
    screen = always("inbox", tty=True, env=LATER)
    assert "1 breached" in screen
    assert "!!   1  high    1h 40m     40m over" in screen
    assert "2h 20m left" in screen


def test_a_page_shows_every_clock_that_runs(always: Desk):
    always("wait 2 --on customer")
    page = always("show 2 -o table", env=LATER)

    assert (
        "SLA            standard, first 2h 20m left, due Sat 2026-11-21 23:30 CET (in 2 h 20 min)\n"
        "               resolution paused, 8h left\n"
    ) in page


def test_scripts_get_the_clock_as_an_object(always: Desk):
    first, second = json.loads(always("list id:1-2 --sort id --json", env=LATER))["tickets"]

    assert first["sla"] == {
        "policy": "standard",
        "version": 2,
        "state": "breached",
        "clock": "first",
        "due_at": "2026-11-21T19:30:00Z",
        "remaining_s": -2400,
        "breached_at": "2026-11-21T19:30:00Z",
        "paused": False,
    }
    assert second["sla"]["state"] == "running"
    always("new None --sla none")
    always("resolve 2")
    none = json.loads(always("show 3 --json"))
    done = json.loads(always("show 2 --json"))
    assert none["sla"] is None
    assert (done["sla"]["policy"], done["sla"]["state"]) == ("standard", None)


def test_states_of_clocks_find_tickets(always: Desk):
    always("reply 2 -m 'Which browser?'")
    always("wait 2 --on customer")

    assert always("list is:breached -o ids", env=LATER) == "1\n"
    assert always("list is:paused -o ids", env=LATER) == "2\n"
    assert always("list sla:standard -o ids --sort id") == "1\n2\n"
    assert always("list is:paused -o table", tty=True, env=LATER).count("paused") == 1


def test_a_level_is_put_on_by_hand(always: Desk):
    always("edit 2 --sla gold")
    assert json.loads(always("show 2 --json"))["priority"] == "high"
    always("edit 1 --sla gold")
    assert json.loads(always("show 1 --json"))["sla"]["policy"] == "gold"
    always("edit 1 --sla none")
    assert json.loads(always("show 1 --json"))["sla"] is None
    assert always("sla apply 1 2") == "1\n2\n"
    assert json.loads(always("show 1 --json"))["sla"]["policy"] == "standard"


def test_a_level_is_told_as_a_word(always: Desk):
    assert always("edit 1 --sla gold", tty=True) == "1: sla gold - Refund\n"
    assert "sla applied: sla standard -> gold" in always("show 1 --log")


def test_every_stretch_of_time_is_explained(always: Desk):
    assert always("sla explain 1 -o table", env=LATER) == (
        "CLOCK       START             END               COUNTING  LENGTH  REASON\n"
        "\n"
        "first: 1h of business time, standard 2 for high, calendar standard 2: "
        "due 2026-11-21 20:30, breached (40m over)\n"
        "first       2026-11-21 19:30  2026-11-21 20:30  counted       1h\n"
        "\n"
        "resolution: 8h of business time, standard 2 for high, calendar standard 2: "
        "due 2026-11-22 03:30, running (6h 20m left)\n"
        "resolution  2026-11-21 19:30  2026-11-22 03:30  counted       8h\n"
    )
    always("new None --sla none")
    assert always.run("sla explain 3").stderr == "nothing was promised for ticket 3\n"


def test_a_paused_clock_is_explained_up_to_now(always: Desk):
    always("wait 2 --on customer")
    found = json.loads(always("sla explain 2 --json", env=LATER))

    assert [clock["state"] for clock in found["clocks"]] == ["running", "paused"]
    assert found["segments"][-1] == {
        "schema": "tix.sla_segment/1",
        "clock": "resolution",
        "start": "2026-11-21T18:30:00Z",
        "end": "2026-11-21T20:10:00Z",
        "counting": "paused",
        "length_s": 6000,
        "reason": "pending:customer",
    }
    assert "calendar standard 2: paused, paused" in always("sla explain 2 -o table", env=LATER)


def test_what_would_be_promised_is_simulated(always: Desk):
    always("customer add Ann --email ann@example.com --vip")

    assert always("sla simulate -c ann@example.com") == (
        "first\tgold\thigh\t1800\t2026-11-21T19:00:00Z\n"
        "resolution\tgold\thigh\t14400\t2026-11-21T22:30:00Z\n"
    )
    assert always("sla simulate -t x --category a/b --channel web --sla gold -p low -o ids") == (
        "first\nresolution\n"
    )
    assert always.run("sla simulate --sla none").stderr == "nothing would be promised: no level\n"
    assert always("list -o ids --sort id") == "1\n2\n"


def test_the_report_counts_what_was_kept(always: Desk):
    always("reply 2 -m Hello", env=LATER)
    rows = always("sla report --from 2026-11-21 --to 2026-11-21", env=LATER).splitlines()

    assert [row.split("\t")[:4] for row in rows if row.split("\t")[1] != "0"] == [
        ["first", "2", "1", "1"],
        ["all", "2", "1", "1"],
        ["tickets", "2", "1", "1"],
    ]
    screen = always("sla report -o table", env=LATER)
    assert "first       2    1         1  50.0%  9.5%-90.5%     1        0          40m" in screen
    found = json.loads(always("sla report --by start --json", env=LATER))
    assert (found["by"], found["from"], found["excluded"]) == ("start", None, {})


def test_what_was_cancelled_is_told_below_the_report(always: Desk):
    always("spam 2 --yes")

    assert always.run("sla report -o table").stderr == "excluded: spam 2\n"


def test_each_term_of_the_importance_is_shown(always: Desk):
    assert always("next --explain", env=LATER) == (
        "1\t99\t30.0\t66.67\t2.08\t0\t0\tbreached:first:-2400\tRefund\n"
    )
    assert "40m over" in always("next --explain -o table", env=LATER)
    assert always.run("next --explain tag:nothing").stderr == "Inbox zero.\n"


def test_holidays_come_from_a_file_beside_the_document(run: Desk):
    folder = run.home / "conf"
    folder.mkdir()
    (folder / "days.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261225\nSUMMARY:Christmas\n"
        "END:VEVENT\nEND:VCALENDAR\n"
    )
    document = '[calendars.standard]\nhours = { mon-fri = "09:00-17:00" }\nics = "days.ics"\n'
    (folder / "sla.toml").write_text(document)
    run("setup apply conf/sla.toml")

    assert 'holidays = ["2026-12-25 Christmas"]' in run("setup show")
    (folder / "days.ics").write_text("BEGIN:VCALENDAR\nnonsense\n")
    assert "calendars.standard.ics: " in error(run, "setup diff conf/sla.toml", 65)


@pytest.mark.skipif(
    importlib.util.find_spec("holidays") is not None, reason="the library is installed"
)
def test_a_country_needs_a_library(run: Desk):
    document = '[calendars.standard]\nhours = { mon = "09:00-17:00" }\nholidays = "HR"\n'

    assert run.run("setup apply -", input=document).stderr == (
        "tix: error: stdin line 3: calendars.standard.holidays: the holidays of HR need a library "
        "that is not installed\nhint: pip install 'tix-desk[holidays]'\n"
    )


def of_country(name: str) -> str:
    """Return the document of a calendar with the holidays of a country."""
    return f'[calendars.standard]\nhours = {{ mon-sun = "09:00-17:00" }}\nholidays = "{name}"\n'


# In a process of its own: the library asks for its version, which a process looks up only once.
needs_the_library = pytest.mark.skipif(
    importlib.util.find_spec("holidays") is None, reason="the extra is missing"
)


@needs_the_library
@pytest.mark.parametrize(
    ("name", "dates"),
    [
        (
            "HR",
            "01-01 01-06 04-05 04-06 05-01 05-30 06-04 06-22 08-05 08-15 11-01 11-18 12-25 12-26",
        ),
        ("de", "01-01 04-03 04-06 05-01 05-14 05-25 10-03 12-25 12-26"),
        ("DE-BY", "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"),
        ("DEU-bayern", "01-01 01-06 04-03 04-06 05-01 05-14 05-25 06-04 10-03 11-01 12-25 12-26"),
        ("GB-ENG", "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-26 12-28"),
    ],
)
def test_holidays_of_a_country_or_region_are_kept_as_dates(tix: Desk, name: str, dates: str):
    tix("setup apply -q -", input=of_country(name))
    shown = json.loads(tix("sla calendar --json"))["holidays"]

    assert [day["date"] for day in shown] == [f"2026-{date}" for date in dates.split()]
    assert all(day["name"] for day in shown)
    last = json.loads(tix("sla calendar --year 2030 --json"))["holidays"]
    after = json.loads(tix("sla calendar --year 2031 --json"))["holidays"]
    assert (last != [], after) == (True, [])


@needs_the_library
def test_a_holiday_of_a_country_explains_why_a_clock_stood_still(tix: Desk):
    tix("setup apply -q -", input=of_country("HR"))
    tix("new Late -m Hello -p normal", env={"TIX_NOW": "2026-12-24T15:30:00Z"})
    names = {day["date"]: day["name"] for day in json.loads(tix("sla calendar --json"))["holidays"]}
    told = [line.split("\t") for line in tix("sla explain 1").splitlines()]

    closed = {line[2][:10]: line[5] for line in told if line[3:5] == ["closed", "86400"]}
    assert closed == {day: names[day] for day in ("2026-12-25", "2026-12-26")}


@needs_the_library
@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("QQ-X", "There are the codes of ISO 3166, such as HR or DE-BY."),
        ("HRX", "Did you mean 'HR'?"),
        ("DE-BAY", "Did you mean 'DE-Bayern'?"),
        ("DE-Bayrn", "Did you mean 'DE-Bayern'?"),
        ("HR-7", "In HR there are no regions."),
    ],
)
def test_an_unknown_country_or_region_suggests_the_nearest(tix: Desk, name: str, hint: str):
    assert error(tix, "setup apply -", 65, input=of_country(name)) == (
        f"stdin line 3: calendars.standard.holidays: no holidays are known for {name}\n"
        f"hint: {hint}\n"
    )
