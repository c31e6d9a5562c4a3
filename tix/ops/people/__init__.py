"""Customers, agents and departments.

What the commands of each need stands in ``customers``, ``agents`` and ``departments``; here
is what tickets need of them.
"""

from tix.ops.people.finding import (
    ADDRESS,
    PHONE,
    add_customer,
    customer_for,
    find_agent,
    find_customer,
    find_department,
    put_customer,
)

__all__ = [
    "ADDRESS",
    "PHONE",
    "add_customer",
    "customer_for",
    "find_agent",
    "find_customer",
    "find_department",
    "put_customer",
]
