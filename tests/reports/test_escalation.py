"""How many tickets needed somebody else."""

from __future__ import annotations

from tests.reports.made import DAY, NOVEMBER, START, facts, november, told, value, view
from tix.domain.statistics import wilson
from tix.record import replace
from tix.reports import escalations, transfers
from tix.reports.figures import Figure, Row

CREATED = ("tickets", {"created_at": START})
LOW, HIGH = wilson(2, 4) or (0, 0)


def test_a_ticket_is_escalated_once_however_often_it_is():
    twice = [("escalations", {"at": START + n, "kind": "manual"}) for n in (1, 2)]
    ladder = ("escalations", {"at": START + 40 * DAY, "kind": "sla"})
    escalated = ("tickets", {"created_at": START, "escalated_at": START + 1})
    cell = november((escalated, *twice, ladder), (escalated, ladder), (CREATED,), (CREATED,))

    assert told("escalation_rate", cell) == Figure(0.5, 4, LOW, HIGH)
    assert value("escalation_rate_manual", cell) == 0.25
    assert value("escalation_rate_sla", cell) == 0.5
    assert value("escalation_rate_rule", cell) == 0
    assert value("escalations", cell) == 2


def test_tickets_that_change_departments_and_those_that_come_back():
    moved = ("tickets", {"created_at": START, "transfers": 1})
    back = ("tickets", {"created_at": START, "transfers": 2, "returned": 1})
    cell = november((moved,), (back,), (CREATED,), (CREATED,))

    assert told("transfer_rate", cell) == Figure(0.5, 4, LOW, HIGH)
    assert value("ping_pong_rate", cell) == 0.25


def test_rates_of_nothing_are_blank():
    for metric in ("escalation_rate", "escalation_rate_sla", "transfer_rate", "ping_pong_rate"):
        assert told(metric, november()) == Figure(None, 0)


def test_the_ways_between_departments_are_counted_the_busiest_first():
    def moved(before: str, after: str, at: int = START):
        return "transfers", {"at": at, "before": before, "department": after}

    ways = [moved("sales", "support"), moved("sales", "billing"), moved("sales", "support")]
    found = facts((*ways, moved("support", "sales", START - 1)))
    section = transfers.report(view(found, replace(NOVEMBER, group="department")))[1]

    assert section.rows == (
        Row(("sales", "support"), {"transfers": Figure(2, 2)}),
        Row(("sales", "billing"), {"transfers": Figure(1, 1)}),
    )


def test_a_department_has_the_transfers_that_it_received():
    moved = ("transfers", {"at": START, "before": "sales", "department": "support"})
    seen = view(facts((moved,)), replace(NOVEMBER, group="department"))

    assert value("transfers", seen.cell(0, "support")) == 1
    assert value("transfers", seen.cell(0, "sales")) == 0


def test_the_report_of_escalations_shows_every_way():
    (section,) = escalations.report(view(facts((CREATED,))))

    assert section.metrics == (
        *("escalation_rate", "escalation_rate_manual", "escalation_rate_sla"),
        *("escalation_rate_rule", "escalations"),
    )
    assert section.rows[0].figures["escalation_rate"].n == 1
