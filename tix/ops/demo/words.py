"""What customers and agents of a made-up desk are called, and what they write.

A word that stands several times is chosen more often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

_WORDS = {
    "first_names": """
        Ana Ben Chloe Dario Elif Fatima Goran Hana Igor Jana Karim Lena Marko Nadia Omar
        Petra Quentin Rosa Sven Tena Uma Vito Wanda Xenia Yusuf Zoe
    """,
    "last_names": """
        Babić Costa Dubois Erdem Fischer García Horvat Ivanov Jensen Kovač Lopez Marić Novak
        Okafor Perić Quiroga Rossi Schmidt Tanaka Ueda Vuković Weber Xu Yilmaz Zorić
    """,
    "companies": """
        Acme Birch Cobalt Delta Ember Fjord Garnet Harbor Indigo Juniper Krypton Lumen
    """,
    "agents": """
        alice bob carla dino eva filip greta hugo
    """,
    "departments": """
        support billing sales
    """,
    "products": """
        invoice report dashboard export app login calendar webhook importer checkout printer
        mailbox backup license router scanner
    """,
    "tags": """
        bug refund login billing call vip mac windows linux android ios api slow crash
        translation gdpr delivery warranty feature docs onboarding renewal password sync
    """,
    "categories": """
        billing/invoice billing/refund account/login account/password product/bug
        product/question shipping/late shipping/damaged
    """,
    "channels": """
        email email email email web web phone chat
    """,
    "types": """
        question question incident incident problem task
    """,
    "priorities": """
        low low normal normal normal normal normal high high urgent
    """,
}
_PHRASES = {
    "subjects": """
        {product} does not load since the update
        How can I change the {product} settings?
        Wrong amount on the {product}, order {order}
        {product} crashes when I open order {order}
        Please cancel order {order}
        Cannot sign in to the {product} any more
        The {product} shows last month's numbers
        Question about the {product} for {company}
        Delivery of order {order} is late
        {product}: error {order} after payment
    """,
    "asked": """
        Since yesterday the {product} does not answer any more.
        I have tried it twice, with the same result.
        The order number is {order}, and we paid it last week.
        My colleague {name} sees the same on another computer.
        It says 'unexpected error {order}' and then closes.
        We need this before the end of the month, please.
        Before the update everything worked well.
        Could you tell me what we have to do?
        I have attached what I could find in the log of the {product}.
        Our customers at {company} begin to complain.
        If it cannot be mended, we would like our money back.
        Thank you for looking into it so quickly.
    """,
    "said": """
        Thank you for writing to us, {name}.
        We could see the error {order} on our side as well.
        Please restart the {product} and try again; the new version is out.
        I have passed this on to the people who look after the {product}.
        The amount for order {order} goes back to your account within five days.
        Could you send us the exact time at which it happened?
        We are sorry for the trouble that this has caused at {company}.
        You find the setting below Account, then {product}, then Advanced.
        Let us know if it comes back.
        Best regards, your support team
    """,
    "noted": """
        Called {name}, nobody there. Try again tomorrow.
        Same as order {order}; see what {company} was told.
        The {product} team has a fix in review.
        Refund for order {order} was approved.
    """,
}
WORDS: Mapping[str, Sequence[str]] = {
    **{kind: text.split() for kind, text in _WORDS.items()},
    **{
        kind: [line.strip() for line in text.strip().splitlines()]
        for kind, text in _PHRASES.items()
    },
}


class Writer:
    """Writes and chooses; the same for the same *dice*."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def word(self, kind: str) -> str:
        """Return one of the words of a *kind*, such as ``tags``."""
        return self._dice.choice(WORDS[kind])

    def subject(self) -> str:
        """Return what a ticket is about."""
        subject = self._filled(self.word("subjects"))
        return subject[0].upper() + subject[1:]

    def message(self, kind: str) -> str:
        """Return what a customer asks (``asked``), or an agent says (``said``)."""
        chosen = self._dice.sample(WORDS[kind], self._dice.randint(3, 7))
        return "\n".join(map(self._filled, chosen))

    def remark(self) -> str:
        """Return what an agent writes to the others."""
        return self._filled(self.word("noted"))

    def _filled(self, phrase: str) -> str:
        return phrase.format(
            product=self.word("products"),
            order=self._dice.randrange(10_000, 1_000_000),
            name=self.word("first_names"),
            company=self.word("companies"),
        )
