"""Words into a query; what cannot be read is refused, with the place and what is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tix.domain.query.fields import OPERATORS, Kind, field_named, known_field
from tix.domain.query.terms import Range, Term, TicketQuery
from tix.domain.query.values import Context, Spot, read_value, wrong_sign
from tix.domain.query.words import (
    Lexeme,
    brief,
    lexemes,
    quoted,
    shown,
    split_word,
    unquoted,
    written,
)
from tix.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_LOGIC = frozenset({"AND", "OR", "NOT", "&&", "||"})
_DEEPEST = 20


def parse(words: Sequence[str], context: Context) -> TicketQuery:
    """Return the query that *words* are, each a term as it comes from the shell.

    Raises:
        UsageError: A word cannot be read.
        NotFound: There is no such saved query.
    """
    terms = tuple(dict.fromkeys(_terms(words, context, (), set())))
    asks_me = any(term.field == "is" and "mine" in term.values for term in terms)
    return TicketQuery(terms, context.me if asks_me else None)


def _terms(
    words: Sequence[str], context: Context, path: tuple[str, ...], done: set[str]
) -> Iterator[Term]:
    for word in words:
        head, sign, rest = split_word(word) or ("", "", "")
        if sign not in (":", "!="):
            yield _free_text(word, head, sign, rest)
        elif head.casefold() == "query":
            _refuse_negation(sign, word)
            yield from _saved(_only_name(rest, word), context, path, done)
        elif head.casefold() in OPERATORS:
            yield _presence(head.casefold(), sign, rest, word)
        else:
            yield _term(head, sign, rest, word, context)


def _term(head: str, sign: str, rest: str, word: str, context: Context) -> Term:
    field = field_named(head, word)
    parts = lexemes(rest)
    found = [v for part in parts for v in read_value(Spot(field, *part, word, context))]
    values = tuple(dict.fromkeys(v for v in found if not isinstance(v, Range)))
    ranges = tuple(dict.fromkeys(v for v in found if isinstance(v, Range)))
    if field.kind is Kind.SEARCH and sign == ":" and len(values) == 1:
        return _search(str(values[0]))
    spelling = ",".join(map(written, parts))
    return Term(field.name, f"{field.name}{sign}{spelling}", values, ranges, sign == "!=")


def _presence(head: str, sign: str, rest: str, word: str) -> Term:
    """Return the term of ``has:field`` or ``no:field``."""
    field = field_named(_only_name(rest, word), word)
    if field.kind is Kind.STATE:
        raise UsageError(f"'is' is no field that can be empty in {shown(word)}")
    negated = (head == "no") is (sign == ":")
    word = f"{'no' if negated else 'has'}:{written(Lexeme(field.name))}"
    return Term(field.name, word, negated=negated)


def _saved(name: str, context: Context, path: tuple[str, ...], done: set[str]) -> Iterator[Term]:
    """Yield the terms of a saved query; one that was used already adds nothing."""
    if name in path:
        loop = " > ".join((*path, name))
        raise UsageError(f"saved query {shown(name)} uses itself: {brief(loop)}")
    if len(path) == _DEEPEST:
        raise UsageError(f"saved queries use each other more than {_DEEPEST} deep")
    if name not in done:
        yield from _terms(context.load(name), context, (*path, name), done)
        done.add(name)


def _only_name(rest: str, word: str) -> str:
    """Return the name after ``has:``, ``no:`` or ``query:``, which take one."""
    parts = lexemes(rest)
    if len(parts) == 1 and parts[0].text:
        return parts[0].text
    raise UsageError(f"one name is needed in {shown(word)}", hint="Write has:due no:tag for two.")


def _refuse_negation(sign: str, word: str) -> None:
    if sign == "!=":
        raise UsageError(
            f"a saved query cannot be negated in {shown(word)}",
            hint="Save one that says the opposite.",
        )


def _free_text(word: str, head: str, sign: str, rest: str) -> Term:
    """Return the term that looks for *word* in the texts."""
    text = unquoted(word)
    if text is None:
        text = word
        _refuse_other_languages(word, head, sign, rest)
    if not text.strip():
        raise UsageError(f"{shown(word)} is no word to look for", hint="Leave it out.")
    return _search(text)


def _search(text: str) -> Term:
    plain = text.isalnum() and text[0].isalpha() and text not in _LOGIC
    return Term("text", text if plain else quoted(text), (text,))


def _refuse_other_languages(word: str, head: str, sign: str, rest: str) -> None:
    """Refuse what looks like a term in another query language.

    Raises:
        UsageError: It does; the hint has the term in this one.
    """
    if word in _LOGIC:
        raise UsageError(
            f"{shown(word)} is no word of a query",
            hint="All terms must hold; write tag:a,b for either and tag!=a for not. "
            f"(Use text:{word} to search for it.)",
        )
    field = known_field(head)
    if sign and field:
        raise wrong_sign(field, sign, rest, word)
    inner = word.lstrip("-!+~(")
    head, sign, rest = split_word(inner) or ("", "", "")
    field = known_field(head)
    if inner != word and field and sign:
        raise UsageError(
            f"{word[0]!r} is no sign of a query in {shown(word)}",
            hint=f"Write {field.name}!={brief(rest)} for not; all terms must hold.",
        )
