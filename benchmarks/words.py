"""What customers and agents write, put together from a few phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

FIRST_NAMES = (
    "Ana Ben Chloe Dario Elif Fatima Goran Hana Igor Jana Karim Lena Marko Nadia Omar Petra Quentin "
    "Rosa Sven Tena Uma Vito Wanda Xenia Yusuf Zoe"
).split()
LAST_NAMES = (
    "Babić Costa Dubois Erdem Fischer García Horvat Ivanov Jensen Kovač Lopez Marić Novak Okafor "
    "Perić Quiroga Rossi Schmidt Tanaka Ueda Vuković Weber Xu Yilmaz Zorić"
).split()
COMPANIES = "Acme Birch Cobalt Delta Ember Fjord Garnet Harbor Indigo Juniper Krypton Lumen".split()
AGENTS = ("alice", "bob", "carla", "dino", "eva", "filip", "greta", "hugo")
DEPARTMENTS = ("support", "billing", "sales")
PRODUCTS = (
    "invoice report dashboard export mobile-app login calendar webhook importer checkout printer "
    "mailbox backup license router scanner"
).split()
TAGS = (
    "bug refund login billing urgent-call vip mac windows linux android ios api slow crash "
    "translation gdpr delivery warranty feature docs onboarding renewal password sync"
).split()
CATEGORIES = (
    "billing/invoice",
    "billing/refund",
    "account/login",
    "account/password",
    "product/bug",
    "product/question",
    "shipping/late",
    "shipping/damaged",
)
CHANNELS = ("email", "email", "email", "email", "web", "web", "phone", "chat")
TYPES = ("question", "question", "incident", "incident", "problem", "task")
PRIORITIES = ("low", "low", "normal", "normal", "normal", "normal", "normal", "high", "high", "urgent")

_SUBJECTS = (
    "{product} does not load since the update",
    "How can I change the {product} settings?",
    "Wrong amount on the {product}, order {order}",
    "{product} crashes when I open order {order}",
    "Please cancel order {order}",
    "Cannot sign in to the {product} any more",
    "The {product} shows last month's numbers",
    "Question about the {product} for {company}",
    "Delivery of order {order} is late",
    "{product}: error {order} after payment",
)
_ASKED = (
    "Since yesterday the {product} does not answer any more.",
    "I have tried it twice, with the same result.",
    "The order number is {order}, and we paid it last week.",
    "My colleague {name} sees the same on another computer.",
    "It says 'unexpected error {order}' and then closes.",
    "We need this before the end of the month, please.",
    "Before the update everything worked well.",
    "Could you tell me what we have to do?",
    "I have attached what I could find in the log of the {product}.",
    "Our customers at {company} begin to complain.",
    "If it cannot be mended, we would like our money back.",
    "Thank you for looking into it so quickly.",
)
_SAID = (
    "Thank you for writing to us, {name}.",
    "We could see the error {order} on our side as well.",
    "Please restart the {product} and try again; the new version is out.",
    "I have passed this on to the people who look after the {product}.",
    "The amount for order {order} goes back to your account within five days.",
    "Could you send us the exact time at which it happened?",
    "We are sorry for the trouble that this has caused at {company}.",
    "You find the setting below Account, then {product}, then Advanced.",
    "Let us know if it comes back.",
    "Best regards, your support team",
)
_NOTED = (
    "Called {name}, nobody there. Try again tomorrow.",
    "Same as order {order}; see what {company} was told.",
    "The {product} team has a fix in review.",
    "Refund for order {order} was approved.",
)


class Writer:
    """Writes subjects and messages; the same ones for the same *dice*."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def subject(self) -> str:
        """Return what a ticket is about."""
        subject = self._filled(self._dice.choice(_SUBJECTS))
        return subject[0].upper() + subject[1:]

    def question(self) -> str:
        """Return what a customer writes."""
        return self._text(_ASKED)

    def answer(self) -> str:
        """Return what an agent writes to a customer."""
        return self._text(_SAID)

    def remark(self) -> str:
        """Return what an agent writes to the others."""
        return self._filled(self._dice.choice(_NOTED))

    def _text(self, phrases: tuple[str, ...]) -> str:
        chosen = self._dice.sample(phrases, self._dice.randint(3, 7))
        return "\n".join(self._filled(phrase) for phrase in chosen)

    def _filled(self, phrase: str) -> str:
        dice = self._dice
        return phrase.format(
            product=dice.choice(PRODUCTS),
            order=dice.randrange(10_000, 1_000_000),
            name=dice.choice(FIRST_NAMES),
            company=dice.choice(COMPANIES),
        )
