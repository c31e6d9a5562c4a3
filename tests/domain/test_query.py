"""The grammar of queries: how words are read, written back and refused."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.domain.asking import CONTEXT, NOW, at, query, refused
from tix.codec import encode
from tix.domain.query import Range, Term, TicketQuery, parse, split_line
from tix.errors import BadDate, NotFound, UnknownField, UsageError

TICK = timedelta(microseconds=1)


def days(first: str, last: str) -> Range:
    return Range(at(first), at(last) + timedelta(days=1) - TICK)


@pytest.mark.parametrize(
    ("word", "term"),
    [
        ("status:new,open", Term("status", "status:new,open", ("new", "open"))),
        ("Status:NEW", Term("status", "status:NEW", ("new",))),
        ("assignee!=alice", Term("assignee", "assignee!=alice", ("alice",), negated=True)),
        ("assignee:@me,none", Term("assignee", "assignee:@me,none", ("alice", None))),
        ('assignee:"@me"', Term("assignee", 'assignee:"@me"', ("@me",))),
        ('dept:"none"', Term("dept", 'dept:"none"', ("none",))),
        ("no:due", Term("due", "no:due", negated=True)),
        ("has:attachment", Term("attachments", "has:attachments")),
        ("has!=due", Term("due", "no:due", negated=True)),
        ("no!=due", Term("due", "has:due")),
        ("prio:high..", Term("priority", "priority:high..", ("high", "urgent"))),
        ("prio:..normal", Term("priority", "priority:..normal", ("low", "normal"))),
        ("prio:low,high..", Term("priority", "priority:low,high..", ("low", "high", "urgent"))),
        ("prio:normal..high", Term("priority", "priority:normal..high", ("normal", "high"))),
        ("id:12", Term("id", "id:12", (), (Range(12, 12),))),
        (
            "id:5-9,#12,T3",
            Term("id", "id:5-9,#12,T3", (), (Range(5, 9), Range(12, 12), Range(3, 3))),
        ),
        ("replies:2..", Term("replies", "replies:2..", (), (Range(2, None),))),
        ("age:..1h30m", Term("age", "age:..1h30m", (), (Range(None, 5400),))),
        ("waiting:2h..1d", Term("waiting", "waiting:2h..1d", (), (Range(7200, 86_400),))),
        (
            "created:2026-11-01..2026-11-15",
            Term(
                "created",
                "created:2026-11-01..2026-11-15",
                (),
                (days("2026-11-01", "2026-11-15"),),
            ),
        ),
        ("due:today", Term("due", "due:today", (), (days("2026-11-21", "2026-11-21"),))),
        (
            "due:none,today",
            Term("due", "due:none,today", (None,), (days("2026-11-21", "2026-11-21"),)),
        ),
        ("created:-7d..", Term("created", "created:-7d..", (), (Range(NOW - timedelta(days=7)),))),
        ("tag:os:", Term("tag", "tag:os:", ("os:",))),
        (r"tag:a\,b,c", Term("tag", 'tag:"a,b",c', ("a,b", "c"))),
        ("tag:a, b", Term("tag", "tag:a,b", ("a", "b"))),
        ("subject:two words", Term("subject", 'subject:"two words"', ("two words",))),
        ('subject:"two, words"', Term("subject", 'subject:"two, words"', ("two, words",))),
        (r"subject:C:\temp", Term("subject", r'subject:"C:\\temp"', (r"C:\temp",))),
        ("title:refund", Term("subject", "subject:refund", ("refund",))),
        ("category:a/b/", Term("category", "category:a/b/", ("a/b",))),
        ("customer:c42", Term("customer", "customer:c42", ("C-42",))),
        ("link:blocked-by", Term("link", "link:blocked-by", ("blocked-by",))),
        ("link:12", Term("link", "link:12", (), (Range(12, 12),))),
        ("field.Os-Name:mac", Term("field.Os-Name", "field.Os-Name:mac", ("mac",))),
        ("vip:YES", Term("vip", "vip:YES", ("yes",))),
        ("is:open,Postponed", Term("is", "is:open,Postponed", ("open", "snoozed"))),
        ("text:a,b", Term("text", "text:a,b", ("a", "b"))),
        ("text!=a", Term("text", "text!=a", ("a",), negated=True)),
    ],
)
def test_a_term_names_a_field_and_its_values(word: str, term: Term):
    assert query(word) == TicketQuery((term,))


@pytest.mark.parametrize(
    ("word", "text", "spelling"),
    [
        ("refund", "refund", "refund"),
        ("two words", "two words", '"two words"'),
        ('"a:b"', "a:b", '"a:b"'),
        (r'"say \"hi\" \\ bye"', r'say "hi" \ bye', r'"say \"hi\" \\ bye"'),
        ("text:refund", "refund", "refund"),
        ('text:"stauts:open"', "stauts:open", '"stauts:open"'),
        ("https://x.com/a,b", "https://x.com/a,b", '"https://x.com/a,b"'),
        ("12:30", "12:30", '"12:30"'),
        ("foo,bar", "foo,bar", '"foo,bar"'),
        ("a>b", "a>b", '"a>b"'),
        ("x=1", "x=1", '"x=1"'),
        ("-5", "-5", '"-5"'),
        ("can't", "can't", '"can\'t"'),
        ('5" disk', '5" disk', r'"5\" disk"'),
        ('"', '"', r'"\""'),
        ('"a" and "b"', '"a" and "b"', r'"\"a\" and \"b\""'),
        (":", ":", '":"'),
        ("or", "or", "or"),
        ("text:OR", "OR", '"OR"'),
        ("Größe", "Größe", "Größe"),
    ],
)
def test_any_other_word_is_text_to_search_for(word: str, text: str, spelling: str):
    assert query(word) == TicketQuery((Term("text", spelling, (text,)),))


def test_a_query_is_written_as_the_line_it_is_read_from():
    asked = query("refund", "subject:two words", "prio:high..", "assignee:@me", "no:due")

    line = str(asked)

    assert line == 'refund subject:"two words" priority:high.. assignee:@me no:due'
    assert parse(split_line(line), CONTEXT) == asked


def test_a_line_is_split_at_blanks_outside_quotes():
    line = ' is:open\tsubject:"two  words"  \\"x\\ y "a b"\n'

    assert split_line(line) == ("is:open", 'subject:"two  words"', '\\"x\\ y', '"a b"')


def test_a_line_with_an_open_quote_is_refused():
    with pytest.raises(UsageError, match="a quote is not closed"):
        split_line('subject:"two words')


def test_the_same_term_twice_is_one():
    assert query("is:open", "is:open") == query("is:open")


def test_mine_is_the_agent_who_asks():
    assert query("is:mine,unassigned") == TicketQuery(
        (Term("is", "is:mine,unassigned", ("mine", "unassigned")),), "alice"
    )


def test_a_query_can_be_encoded():
    assert encode(query("prio:high..", "created:2026-11-21", "assignee:none", "is:mine")) == {
        "terms": [
            {"field": "priority", "word": "priority:high..", "values": ["high", "urgent"]},
            {
                "field": "created",
                "word": "created:2026-11-21",
                "ranges": [{"low": "2026-11-20T23:00:00Z", "high": "2026-11-21T22:59:59.999999Z"}],
            },
            {"field": "assignee", "word": "assignee:none", "values": [None]},
            {"field": "is", "word": "is:mine", "values": ["mine"]},
        ],
        "me": "alice",
    }


def test_a_saved_query_stands_for_its_terms():
    assert query("query:mornings", "query:vips") == query("is:vip", "prio:high..", "created:today")


def test_a_saved_query_that_uses_itself_is_refused():
    assert refused("query:me") == ("saved query 'me' uses itself: me > again > me", "")


def test_saved_queries_that_use_each_other_without_end_are_refused():
    endless = CONTEXT._replace(load=lambda name: [f"query:{name}x"])

    assert refused("query:x", context=endless) == (
        "saved queries use each other more than 20 deep",
        "",
    )


def test_a_saved_query_that_is_not_there_is_not_found():
    with pytest.raises(NotFound, match="there is no saved query 'nobody'"):
        query("query:nobody")


def test_without_saved_queries_none_is_found():
    with pytest.raises(NotFound, match="there is no saved query 'vips'"):
        parse(["query:vips"], CONTEXT._replace(load=type(CONTEXT)._field_defaults["load"]))


def test_an_address_is_the_customer_who_has_it():
    known = CONTEXT._replace(customer={"jo@x.com": 7}.get)

    found = parse(["customer:Jo@X.com,eve@x.com"], known)

    word = "customer:Jo@X.com,eve@x.com"
    assert found == TicketQuery((Term("customer", word, ("C-7", "eve@x.com")),))


def test_where_the_names_are_known_any_other_is_refused():
    known = CONTEXT._replace(known={"assignee": ("alice", "bob")}.get)

    assert parse(["assignee:BOB,none"], known).terms[0].values == ("bob", None)
    assert refused("assignee:alcie", context=known) == (
        "unknown assignee 'alcie' in 'assignee:alcie'",
        "Did you mean 'alice'?",
    )


def test_an_unknown_field_is_refused_with_the_nearest():
    with pytest.raises(UnknownField) as error:
        query("stauts:open")

    assert error.value.message == "unknown field 'stauts' in 'stauts:open'"
    assert error.value.hint == (
        "Did you mean 'status'? (Use text:\"stauts:open\" to search for it.)"
    )


@pytest.mark.parametrize(
    "word", ["xyzzy:breached", "has:xyzzy", "Re: hello", "std::string", "a!=b"]
)
def test_a_field_like_no_other_is_refused_with_the_way_to_search(word: str):
    name = "xyzzy" if "xyzzy" in word else word.partition(":")[0].partition("!")[0]

    assert refused(word) == (
        f"unknown field {name!r} in {word!r}",
        f'Use text:"{word}" to search for it; tix help query lists the fields.',
    )


@pytest.mark.parametrize(
    ("word", "message", "hint"),
    [
        ("status:opne", "unknown status 'opne'", "Did you mean 'open'?"),
        ("is:opn", "unknown state 'opn'", "Did you mean 'open'?"),
        ("prio:hihg..", "unknown priority 'hihg'", "Did you mean 'high'?"),
        (
            "substatus:nobody",
            "unknown substatus 'nobody'",
            "It can be customer, third-party.",
        ),
        (
            "link:friend",
            "unknown link 'friend'",
            "It can be duplicate-of, blocked-by, related, parent, duplicated-by, blocks, child.",
        ),
        ("reason:wontfx", "unknown reason 'wontfx'", "Did you mean 'wontfix'?"),
        ("vip:maybe", "unknown vip 'maybe'", "It can be yes, no."),
        ("prio:none", "unknown priority 'none'", "It can be low, normal, high, urgent."),
        ("prio:high..low", "a range runs backwards", "Write low..high."),
        ("id:9-5", "a range runs backwards", "Write 5..9."),
        ("id:..", "a range needs one end at least", ""),
        ("id:@last", "'@last' is not a number", ""),
        ("replies:-1", "'-1' is not a number", ""),
        ("id:1234567890123456789", "'1234567890123456789' is not a number", ""),
        (
            "age:3d",
            "a length of time needs a range",
            "Write age:3d.. for at least so long, age:..3d for at most.",
        ),
        ("status:", "a value is missing", "Write status:value without a blank."),
        ("tag:a,,b", "a value is missing", "Write tag:value without a blank."),
        ('subject:""', "a value is missing", "Write subject:value without a blank."),
        ("category:/", "a path is missing", ""),
        ("has:due,tag", "one name is needed", "Write has:due no:tag for two."),
        ("has:is", "'is' is no field that can be empty", ""),
        (
            "query!=vips",
            "a saved query cannot be negated",
            "Save one that says the opposite.",
        ),
        (
            "prio>=high",
            "'>=' is no sign of a query",
            "Write priority:high..; a range lo..hi includes both ends.",
        ),
        (
            "prio:<=high",
            "'<=' is no sign of a query",
            "Write priority:..high; a range lo..hi includes both ends.",
        ),
        (
            "due:<2d",
            "'<' is no sign of a query",
            "Write due:..+2d; a range lo..hi includes both ends.",
        ),
        (
            "created>2d",
            "'>' is no sign of a query",
            "Write created:-2d..; a range lo..hi includes both ends.",
        ),
        (
            "age>",
            "'>' is no sign of a query",
            "Write age:value..; a range lo..hi includes both ends.",
        ),
        (
            "status=open",
            "'=' is no sign of a query",
            "Write status:open; a range lo..hi includes both ends.",
        ),
        ("tag:!x", "'!' is no sign of a query", "Write tag!=x."),
        ("tag:~", "'~' is no sign of a query", "Write tag!=value."),
        (
            "tag:os:*",
            "'*' is no wildcard",
            "Write tag:os: for all tags that begin with it, and subject:part for a part.",
        ),
        (
            "-tag:x",
            "'-' is no sign of a query",
            "Write tag!=x for not; all terms must hold.",
        ),
        (
            "(prio:high",
            "'(' is no sign of a query",
            "Write priority!=high for not; all terms must hold.",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place(word: str, message: str, hint: str):
    assert refused(word) == (f"{message} in {word!r}", hint)


def test_a_text_may_have_the_signs_of_other_languages():
    assert query("subject:<b>", "text:*", 'tag:"!x"') == TicketQuery(
        (
            Term("subject", "subject:<b>", ("<b>",)),
            Term("text", '"*"', ("*",)),
            Term("tag", 'tag:"!x"', ("!x",)),
        )
    )


@pytest.mark.parametrize("word", ["AND", "OR", "NOT", "&&", "||"])
def test_words_of_other_languages_are_refused(word: str):
    message, hint = refused("tag:a", word, "tag:b")

    assert message == f"{word!r} is no word of a query"
    assert hint == (
        "All terms must hold; write tag:a,b for either and tag!=a for not. "
        f"(Use text:{word} to search for it.)"
    )


@pytest.mark.parametrize("word", ["", "  ", '""', '" "'])
def test_an_empty_word_is_refused(word: str):
    assert refused(word) == (f"{word!r} is no word to look for", "Leave it out.")


def test_an_open_quote_in_a_value_is_refused():
    assert refused('subject:"two') == (
        "a quote is not closed in '\"two'",
        'Write \\" for the sign itself.',
    )


def test_a_bad_date_says_what_is_wrong_with_it():
    with pytest.raises(BadDate, match="'11/24' can be read in several ways"):
        query("due:..11/24")


@pytest.mark.parametrize("word", ["assignee:@me", "is:mine"])
def test_me_has_to_be_known(word: str):
    assert refused(word, context=CONTEXT._replace(me=None)) == (
        f"nobody knows who you are in {word!r}",
        "Set it with tix config set me NAME, or TIX_USER.",
    )


def test_a_long_word_is_cut_in_the_error():
    message, hint = refused("x" * 100_000 + ":open\n")

    assert message == f"unknown field '{'x' * 60}…' in '{'x' * 60}…'"
    assert "\n" not in message + hint
