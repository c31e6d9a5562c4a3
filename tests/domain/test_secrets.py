"""Secrets in texts: what is found, what is left alone, and what is shown instead."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tix.domain.secrets import kinds_in, masked, secrets_in

KEY = "4eC39HqLyjWDarjtT1zdp7dc"
BLOCK = "-----BEGIN RSA PRIVATE KEY-----\nMIIEpQ\n-----END RSA PRIVATE KEY-----"

FOUND = {
    "key AKIAIOSFODNN7EXAMPLE now": ("aws-key", "key AKIA••••MPLE now"),
    "ASIAIOSFODNN7EXAMPLE": ("aws-key", "ASIA••••MPLE"),
    f"ghp_{'a1B2' * 9}": ("github-token", "ghp_••••a1B2"),
    f"token github_pat_{'a1_B' * 8}.": ("github-token", "token github_pat_••••a1_B."),
    f"glpat-{KEY}": ("gitlab-token", "glpat-••••p7dc"),
    f"(sk_live_{KEY})": ("stripe-key", "(sk_live_••••p7dc)"),
    f"rk_live_{KEY}": ("stripe-key", "rk_live_••••p7dc"),
    "xoxb-123456789012-abcdefGHIJ": ("slack-token", "xoxb-••••GHIJ"),
    f"AIza{'Sy-_4' * 7}": ("google-key", "AIza••••y-_4"),
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.SflKxwRJSMeKKF2Q": ("jwt", "eyJ••••KF2Q"),
    f"see\n{BLOCK}\nbye": ("private-key", "see\n[private key ••••]\nbye"),
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\nlQ": ("private-key", "[private key ••••]"),
    "https://bob:s3cret@example.com/x": ("password-in-url", "https://bob:••••@example.com/x"),
    "postgres://:pw@[::1]/db": ("password-in-url", "postgres://:••••@[::1]/db"),
    "Password: hunter2": ("password", "Password: ••••"),
    "pwd:hunter2": ("password", "pwd:••••"),
    "pwd=abcd": ("password", "pwd=••••"),
    "password=ab-4111 1111 1111 1111": ("password", "password=••••"),
    "my passwd=geheim, ok?": ("password", "my passwd=••••, ok?"),
    'DB_PASSWORD="correcthorse"': ("password", 'DB_PASSWORD="••••"'),
    '{"pwd": "a1b2c3"}': ("password", '{"pwd": "••••"}'),
    "Kennwort: Zürich!1": ("password", "Kennwort: ••••"),
    "api_key: 9f8e7d6c5b4a39281706": ("named-key", "api_key: ••••"),
    "client-secret=AbCdEf0123456789~xyz": ("named-key", "client-secret=••••"),
    "Visa 4111 1111 1111 1111 12/27": ("card", "Visa ••••1111 12/27"),
    "4111111111111111": ("card", "••••1111"),
    "5555-5555-5555-4444,": ("card", "••••4444,"),
    "3782 822463 10005": ("card", "••••0005"),
    "30569309025904": ("card", "••••5904"),
    "2223003122003222": ("card", "••••3222"),
    "6011111111111117": ("card", "••••1117"),
    "3530111333300000": ("card", "••••0000"),
    "4222222222222": ("card", "••••2222"),
    "12/27 4111 1111 1111 1111 123": ("card", "12/27 ••••1111 123"),
    "0044 4111 1111 1111 1111": ("card", "0044 ••••1111"),
}

LEFT = (
    "",
    "Cannot log in since this morning.",
    "I forgot my password: please reset it",
    "Password: reset required",
    "Passwort: vergessen!",
    "password: re-enter it",
    "password: <your password>",
    "password=${DB_PASSWORD}",
    "password: ********",
    "password=none",
    "a compass: 12345x",
    "Boarding pass: A12345",
    "the key: 42",
    "token: see below",
    "api key: not-yet-here-but-soon",
    "AKIA",
    "AKIAIOSFODNN7EXAMPLEX",
    "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
    "sk_live_",
    "ghp_short",
    "xoxo and hugs",
    "eyJ.eyJ.x",
    "https://example.com/@bob:x",
    "http://host:8080/path?mail=jo@example.com",
    "mail jo@example.com or sales://example",
    "ssh://git@example.com",
    "-----BEGIN CERTIFICATE-----",
    "order 4111111111111112",  # the check digit is wrong
    "order 9111111111111116",  # nobody issues such cards
    "411111111111111",  # too short for its issuer
    "41111111111111111111",  # too long
    "IBAN DE89 3704 0044 0532 0130 00",
    "+49 1234 5678 9012 3456",
    "4111-1111 1111-1111",
    "0.4111111111111111",
    "a4111111111111111",
    "2026-11-21 18:30:00 4111",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
)

HOSTILE = (
    "AKIA",
    "ghp_",
    f"ghp_{'a' * 30} ",
    "github_pat_",
    "sk_live_",
    "xoxb-",
    "eyJ-",
    "eyJaaaaaaaa.",
    "://a:b",
    "a@://",
    "password:",
    "password=\t",
    "api_key=",
    "1 ",
    "4111 1111 ",
    "4111-111111-",
    "4111111111111111 ",
    "-----BEGIN ",
    "-----BEGIN AAAAAAAA AAAAAAA ",
    "-----BEGIN PRIVATE KEY-----",
    "é password: ",
)


@pytest.mark.parametrize("text", FOUND)
def test_a_secret_is_found_and_masked(text: str) -> None:
    kind, shown = FOUND[text]

    assert kinds_in(text) == (kind,)
    assert masked(text) == shown


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_a_little_like_a_secret_is_left_alone(text: str) -> None:
    assert secrets_in(text) == []
    assert masked(text) == text


def test_one_inside_another_is_masked_once() -> None:
    assert masked(f"api_key=sk_live_{KEY}") == "api_key=sk_live_••••p7dc"
    assert kinds_in(f"api_key=sk_live_{KEY}") == ("stripe-key",)


def test_each_kind_is_told_once_in_its_order() -> None:
    text = "password: hunter2, card 4111111111111111, password: hunter3"

    assert kinds_in(text) == ("password", "card")


pieces = st.lists(st.sampled_from([*FOUND, *LEFT]) | st.text(max_size=8), max_size=6)


@given(pieces.map("\n".join))
def test_what_is_masked_holds_no_secret(text: str) -> None:
    shown = masked(text)

    assert secrets_in(shown) == []
    assert masked(shown) == shown


@given(pieces.map("\n".join))
def test_what_stands_between_secrets_stays(text: str) -> None:
    found, rest, place = secrets_in(text), [], 0
    for secret in found:
        rest += [text[place : secret.start], secret.shown]
        place = secret.end

    assert masked(text) == "".join([*rest, text[place:]])


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_megabyte_takes_time_in_proportion_whoever_wrote_it(piece: str) -> None:
    def seconds(size: int) -> float:
        text = f"{(piece * (size // len(piece) + 1))[:size]}\npassword= :// @ 1234567890123"
        begin = time.process_time()
        masked(text)
        return time.process_time() - begin

    seconds(1000)
    assert seconds(1_000_000) < 20 * seconds(100_000) + 0.2


@pytest.mark.parametrize(
    "text",
    ["paſſword: hunter2", "\u212aENNWORT: hunter2", "api_\u212aEY: 9f8e7d6c5b4a39281706"],
)
def test_a_word_is_known_by_letters_that_are_another_case_of_its_own(text: str):
    assert len(secrets_in(text)) == 1


@given(st.text("pwd:=/@ab1", max_size=7))
def test_there_is_no_secret_in_what_is_too_short_for_one(text: str):
    assert secrets_in(text) == []
    assert masked(text) == text
