"""Secrets that people paste: where they stand in a text, and the text without them.

Few false alarms matter more than every last find, because a warning that is often wrong is
read by nobody: a card number needs its issuer's prefix, length and check digit, a password a
word before it that says so. Each kind has a word without which it cannot be there, so that
ordinary text costs a few looks for words and no pattern. Every pattern takes time in
proportion to the text, whoever wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tix.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

HIDDEN = "••••"
KEPT = 4
_SHORTEST = len("pwd=abcd")

_KEYS = (
    ("aws-key", ("AKIA", "ASIA"), r"(?<!\w)(A[KS]IA)[0-9A-Z]{16}(?!\w)"),
    (
        "github-token",
        ("gho_", "ghp_", "ghr_", "ghs_", "ghu_"),
        r"(?<!\w)(gh[oprsu]_)[0-9A-Za-z]{36,255}+(?!\w)",
    ),
    ("github-token", ("github_pat_",), r"(?<!\w)(github_pat_)[0-9A-Za-z_]{22,255}+(?!\w)"),
    ("gitlab-token", ("glpat-",), r"(?<![\w-])(glpat-)[\w-]{20,}+"),
    ("stripe-key", ("k_live_",), r"(?<!\w)([rs]k_live_)[0-9A-Za-z]{10,}+(?!\w)"),
    ("slack-token", ("xox",), r"(?<![\w-])(xox[abeprs]-)[0-9A-Za-z-]{10,}+(?!\w)"),
    ("google-key", ("AIza",), r"(?<![\w-])(AIza)[\w-]{35}(?![\w-])"),
    ("jwt", ("eyJ",), r"(?<![\w.-])(eyJ)[\w-]{8,}+\.eyJ[\w-]{8,}+\.[\w-]{8,}+"),
)
"""Kind, the words one of which must be there, and the pattern; its group is what stays."""

_KEY_WORDS = tuple(word for _, words, _ in _KEYS for word in words)

_IN_ADDRESS = r"(?<=://)([^\s/:@]*+:)([^\s/@]++)(?=@[\w\[])"
_WORDS = ("passw", "passphrase", "pwd", "kennwort")
_BEHIND_WORD = (
    r"(?:(?<![^\W_])(?:password|passwd|passphrase|passwort|kennwort|pwd)[\"']?"
    r"[ \t]{0,3}[:=][ \t]{0,3}[\"']?)([^\s\"'<>]{4,200}+)"
)
_FARTHEST = len(":   '")
_BEHIND_KEY = (
    r"(?<![^\W_])(?:api[ _-]?key|secret[ _-]?key|client[ _-]?secret|(?:access|auth)[ _-]?token)"
    r"[\"']?[ \t]{0,3}[:=][ \t]{0,3}[\"']?([\w.~+/=-]{16,300}+)"
)
_NAMED = ("key", "secret", "token")
_BEGIN = r"-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
_END = r"-----END (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
_CARD = (
    r"(?<!\w)(?<![0-9][.,])(?=([0-9]{13,19}(?!\w)"
    r"|[0-9]{4}([ -])[0-9]{4}\2[0-9]{4}\2[0-9]{4}(?!\w)(?:\2[0-9]{3}(?!\w))?"
    r"|[0-9]{4}([ -])[0-9]{6}\3[0-9]{4,5}(?!\w)))"
)
"""Looked for at every place, as what stands before a card may be digits as well."""
_WITH_CODE = len("4111 1111 1111 1111 123")
_DIGITS = "0123456789"
_FEWEST_DIGITS = 13
_LONG_NUMBER = "[0-9](?:[ -]?[0-9]){12}"
_DOUBLED = str.maketrans(_DIGITS, "0246813579")
"""Twice a digit, with the digits of that added up."""

_SIXTEEN = (16,)
_LONG = (16, 17, 18, 19)
_ISSUERS = (
    (4, 4, (13, 16, 19)),  # Visa
    (51, 55, _SIXTEEN),  # Mastercard
    (2221, 2720, _SIXTEEN),
    (34, 34, (15,)),  # American Express
    (37, 37, (15,)),
    (6011, 6011, _LONG),  # Discover
    (644, 649, _LONG),
    (65, 65, _LONG),
    (300, 305, (14, *_LONG)),  # Diners
    (36, 36, (14, *_LONG)),
    (38, 39, (14, *_LONG)),
    (3528, 3589, _LONG),  # JCB
    (62, 62, _LONG),  # UnionPay
)
"""First and last prefix, and how long its numbers are."""

_SIGNS = "!#$%&*+=?@^_~"
_NO_VALUES = frozenset({"null", "none", "true", "false", "undefined", "required"})


class Secret(NamedTuple):
    """A secret from *start* to *end* of a text; *shown* is what may be seen in its place."""

    kind: str
    start: int
    end: int
    shown: str


def secrets_in(text: str) -> list[Secret]:
    """Return the secrets of *text* in their order; those that overlap are one."""
    found: list[Secret] = []
    if len(text) < _SHORTEST:
        return found
    for one in sorted(_found(text), key=lambda one: (one.start, -one.end)):
        if not found or one.start >= found[-1].end:
            found.append(one)
        elif one.end > found[-1].end:
            found[-1] = found[-1]._replace(end=one.end, shown=HIDDEN)
    return found


def kinds_in(text: str) -> tuple[str, ...]:
    """Return the kinds of secrets that *text* holds, each once, in the order they stand."""
    return tuple(dict.fromkeys(secret.kind for secret in secrets_in(text)))


def masked(text: str) -> str:
    """Return *text* with ``••••`` for its secrets; of cards and keys the last four stay."""
    found = secrets_in(text)
    if not found:
        return text
    parts, place = [], 0
    for secret in found:
        parts += [text[place : secret.start], secret.shown]
        place = secret.end
    return "".join([*parts, text[place:]])


def _found(text: str) -> Iterator[Secret]:
    """Yield what looks like a secret, each kind after the other."""
    if "-----BEGIN " in text:
        yield from _private_keys(text)
    for word in _KEY_WORDS:
        if word in text:
            yield from _keys(text)
            break
    if "://" in text and "@" in text:
        yield from _values("password-in-url", _IN_ADDRESS, 2, text)
    if ":" in text or "=" in text:
        yield from _named(text)
    if sum(map(text.count, _DIGITS)) >= _FEWEST_DIGITS and re.search(_LONG_NUMBER, text):
        yield from _cards(text)


def _keys(text: str) -> Iterator[Secret]:
    for kind, words, pattern in _KEYS:
        if any(word in text for word in words):
            for match in re.finditer(pattern, text, re.ASCII):
                yield Secret(kind, *match.span(), f"{match[1]}{HIDDEN}{match[0][-KEPT:]}")


def _private_keys(text: str) -> Iterator[Secret]:
    """Yield the blocks; one that does not end goes to the end of the text."""
    begin, end = re.compile(_BEGIN), re.compile(_END)
    place = 0
    while first := begin.search(text, place):
        last = end.search(text, first.end())
        place = last.end() if last else len(text)
        yield Secret("private-key", first.start(), place, f"[private key {HIDDEN}]")


def _named(text: str) -> Iterator[Secret]:
    """Yield what stands behind a word for passwords or keys and looks like one."""
    folded = text.casefold()  # patterns take a long s for an s and the sign of Kelvin for a k
    if any(word in folded for word in _WORDS):
        for secret in _values("password", _BEHIND_WORD, 1, text):
            value = text[secret.start : secret.end].rstrip(".,;)")
            between = text[max(0, secret.start - _FARTHEST) : secret.start].rstrip(" \t\"'")
            if len(value) >= KEPT and _is_password(value, between[-1]):
                yield secret._replace(end=secret.start + len(value))
    if any(word in folded for word in _NAMED):
        for secret in _values("named-key", _BEHIND_KEY, 1, text):
            value = text[secret.start : secret.end]
            if any(c.isdigit() for c in value) and any(c.isalpha() for c in value):
                yield secret


def _values(kind: str, pattern: str, group: int, text: str) -> Iterator[Secret]:
    """Yield what is in a *group* of the pattern, unless it only stands for a secret."""
    for match in re.finditer(pattern, text, re.IGNORECASE):
        if not _is_placeholder(match[group]):
            yield Secret(kind, *match.span(group), HIDDEN)


def _is_placeholder(value: str) -> bool:
    return HIDDEN in value or value[0] in "<{[$%*" or len(set(value)) == 1


def _is_password(value: str, before: str) -> bool:
    """Return whether *value* is no word of a sentence; ``=`` before it is no sentence's."""
    if value.casefold() in _NO_VALUES:
        return False
    return before == "=" or any(c.isdigit() or c in _SIGNS for c in value.rstrip("!?"))


def _cards(text: str) -> Iterator[Secret]:
    for match in re.finditer(_CARD, text):
        whole, start = match[1], match.start()
        # Three digits behind a card may be its last ones, or its security code.
        for shape in (whole, whole[:-KEPT]) if len(whole) == _WITH_CODE else (whole,):
            digits = shape.replace(" ", "").replace("-", "")
            if _is_card(digits):
                yield Secret("card", start, start + len(shape), HIDDEN + digits[-KEPT:])
                break


def _is_card(digits: str) -> bool:
    """Return whether the check digit of *digits* fits, and an issuer has numbers like that."""
    doubled = digits[-2::-2].translate(_DOUBLED)
    if (sum(map(int, digits[-1::-2])) + sum(map(int, doubled))) % 10:
        return False
    return any(
        low <= int(digits[: len(str(low))]) <= high and len(digits) in lengths
        for low, high, lengths in _ISSUERS
    )
