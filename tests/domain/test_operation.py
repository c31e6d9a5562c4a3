from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.domain.tickets import START
from tix.domain.operation import Operation, ranges


def test_numbers_in_a_row_are_a_range() -> None:
    assert ranges([7, 2, 3, 1, 3, 9]) == ((1, 3), (7, 7), (9, 9))
    assert ranges([]) == ()


@given(st.lists(st.integers(1, 30)))
def test_an_operation_tells_each_of_its_numbers_once(numbers: list[int]) -> None:
    operation = Operation(1, START, "agent:alice", "tag", tickets=ranges(numbers))

    assert operation.numbers == sorted(set(numbers))
    assert len(operation.tickets) == sum(n + 1 not in numbers for n in set(numbers))
