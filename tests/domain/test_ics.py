"""Holidays out of iCalendar text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.holidays import Holiday
from tix.domain.ics import holidays_in
from tix.errors import BadData

EPIPHANY = ("DTSTART;VALUE=DATE:20260106", "DTEND;VALUE=DATE:20260107", "SUMMARY:Epiphany")


def calendar(*events: tuple[str, ...], end: str = "\r\n") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0"]
    for event in events:
        lines += ["BEGIN:VEVENT", *event, "END:VEVENT"]
    return end.join([*lines, "END:VCALENDAR", ""])


@pytest.mark.parametrize(
    ("event", "holidays"),
    [
        (EPIPHANY, (Holiday(date(2026, 1, 6), "Epiphany"),)),
        (("DTSTART:20260106",), (Holiday(date(2026, 1, 6)),)),
        (("dtstart;value=date:20260106", "summary:x"), (Holiday(date(2026, 1, 6), "x"),)),
        (("DTSTART:20260106", "DTEND:20260106"), (Holiday(date(2026, 1, 6)),)),
        (("DTSTART:20261224", "DTEND:20261227"), (Holiday(date(2026, 12, 24), days=3),)),
        (("DTSTART:20261224", "DURATION:P3D"), (Holiday(date(2026, 12, 24), days=3),)),
        (("DTSTART:20261224", "DURATION:P2W"), (Holiday(date(2026, 12, 24), days=14),)),
        (
            ('DTSTART;TZID="Europe/Zagreb":20260106T000000', "DTEND:20260107T000000Z"),
            (Holiday(date(2026, 1, 6)),),
        ),
        (
            (
                "DTSTART:20201225",
                "RRULE:FREQ=YEARLY",
                "EXDATE:20221225,20231225",
                "EXDATE:20241225",
            ),
            (
                Holiday(
                    date(2020, 12, 25),
                    rule="FREQ=YEARLY",
                    skip=(date(2022, 12, 25), date(2023, 12, 25), date(2024, 12, 25)),
                ),
            ),
        ),
        (
            ("DTSTART:20260106", "SUMMARY:Off", "RDATE:20270107"),
            (Holiday(date(2026, 1, 6), "Off"), Holiday(date(2027, 1, 7), "Off")),
        ),
        (("DTSTART:20260106", "STATUS:CANCELLED"), ()),
        (("DTSTART:20260106", "STATUS:CONFIRMED"), (Holiday(date(2026, 1, 6)),)),
        (
            ("DTSTART:20260106", r"SUMMARY:Three Kings\, holy\; a\n\\day"),
            (Holiday(date(2026, 1, 6), r"Three Kings, holy; a \day"),),
        ),
        (
            ("DTSTART:20260106", "BEGIN:VALARM", "DTSTART:never", "END:VALARM", "SUMMARY:x"),
            (Holiday(date(2026, 1, 6), "x"),),
        ),
    ],
)
def test_an_event_is_a_holiday(event: tuple[str, ...], holidays: tuple[Holiday, ...]):
    assert holidays_in(calendar(event)) == holidays


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_folded_lines_are_put_together_whatever_ends_them(end: str):
    folded = ("DTSTART;VALUE=DA", " TE:20260106", "SUMMARY:Epi", "\tphany", " , holy", "")

    assert holidays_in("\ufeff" + calendar(folded, EPIPHANY, end=end)) == (
        Holiday(date(2026, 1, 6), "Epiphany, holy"),
        Holiday(date(2026, 1, 6), "Epiphany"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the calendar has no events"),
        (calendar(), "the calendar has no events"),
        ("BEGIN:VEVENT", "line 1: a calendar begins with BEGIN:VCALENDAR"),
        ("DTSTART:20260106", "line 1: a calendar begins with BEGIN:VCALENDAR"),
        ("<html>", "line 1: '<html>' is no 'NAME:value'"),
        (" folded", "line 1: ' folded' is no 'NAME:value'"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT", "line 2: VEVENT is begun and never ended"),
        (
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR",
            "line 3: END:VCALENDAR does not end what was begun",
        ),
        (calendar(EPIPHANY, ("SUMMARY:x",)), "line 8: the event has no DTSTART"),
        (calendar(("SUMMARY:x", "DTSTART:2026-01-06")), "line 5: '2026-01-06' is no date"),
        (calendar(("DTSTART:20260230",)), "line 4: '20260230' is no date"),
        (
            calendar(("DTSTART:20260106T120000Z",)),
            "line 4: a holiday lasts whole days; DTSTART has a time of day",
        ),
        (
            calendar(("DTSTART:20260106", "DTEND:20260105")),
            "line 5: the event ends before it begins",
        ),
        (
            calendar(("DTSTART:20260106", "DURATION:PT2H")),
            "line 5: 'PT2H' is no length of whole days",
        ),
        (
            calendar(("DTSTART:20260106", "DURATION:P999D")),
            "line 3: the event lasts 999 days; 1 to 366 are possible",
        ),
        (
            calendar(("DTSTART:20260106", "RRULE:FREQ=NEVER")),
            "line 3: the event: 'FREQ=NEVER' is no rule for a holiday",
        ),
        (calendar(("DTSTART:20260106", "EXDATE:2026")), "line 5: '2026' is no date"),
    ],
)
def test_a_broken_calendar_names_its_line(text: str, message: str):
    with pytest.raises(BadData) as refused:
        holidays_in(text)

    assert refused.value.message == message


lines = st.sampled_from(
    (
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        *EPIPHANY,
        " x",
        "RRULE:",
        "",
    )
)


@given(st.lists(lines | st.text(max_size=20), max_size=12))
def test_any_text_is_a_calendar_or_refused(text: list[str]):
    try:
        holidays = holidays_in("\n".join(text))
    except BadData:
        return
    assert all(holiday.on for holiday in holidays)
