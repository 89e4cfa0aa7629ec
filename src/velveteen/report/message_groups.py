"""What is counted in a chat, in the words and groups in which it is told. Names of codes are those of `messages.coding`."""

from __future__ import annotations

from dataclasses import dataclass

ANY_HURT = "hurt"
"""Not a code: messages with any code that hurts."""
SHARE, WAIT = "share", "wait"
"""No counts: of 100 words between the two, the coded person's; and the mean wait for an answer, in minutes."""


@dataclass(frozen=True, slots=True)
class Code:
    """One row of a group.

    Attributes:
        id: of the code.
        name: what is counted, in plain words.
        quoted: whether its lines are kept.
    """

    id: str
    name: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Codes that are told together.

    Attributes:
        id: unique.
        title: in plain words.
        codes: its rows.
        what: a sentence on what is counted and what it cannot tell.
    """

    id: str
    title: str
    codes: tuple[Code, ...]
    what: str


GROUPS = (
    Group("written", "What was written, and when", (
        Code("messages", "messages"), Code("words", "words"), Code(SHARE, "of 100 words between you, theirs"),
        Code("starts", "conversations begun"), Code(WAIT, "minutes until an answer, on average"),
        Code("late_night", "messages between midnight and five"),
    ), "A conversation begins after six hours without a word. Longer waits are no answer and not in the average."),
    Group("asking", "Asking and ordering", (
        Code("question_open", "open questions"), Code("question_yes_no", "questions for a yes or a no"),
        Code("question_leading", "questions that hold their own answer"), Code("request", "requests"),
        Code("order", "orders", quoted=True), Code("offer", "offers"), Code("promise", "promises", quoted=True),
    ), "A question can be warm or a trap, and an order can be about bread. The count does not know which."),
    Group("apologies", "Apologies, by kind", (
        Code("apology_bare", "sorry, and no more", quoted=True),
        Code("apology_owned", "sorry, with what was done", quoted=True),
        Code("apology_excuse", "sorry, with an excuse", quoted=True),
        Code("apology_repair", "sorry, with something to make it good", quoted=True),
    ), "Words of apology are not repair. What followed stands in the diary, not in the chat."),
    Group("hurts", "What hurts", (
        Code(ANY_HURT, "any of these", quoted=True), Code("blame", "blame", quoted=True),
        Code("denial", "saying that it did not happen", quoted=True),
        Code("contempt", "contempt and insults", quoted=True), Code("threat", "threats", quoted=True),
    ), "One message can hold several of these. Words between two people can mean something else to them than to a program."),
    Group("regard", "Regard", (
        Code("thanks", "thanks"), Code("greetings", "greetings"), Code("name_used", "a name"),
        Code("acknowledges", "a feeling taken in", quoted=True), Code("interest", "interest shown"),
    ), "Courtesy costs little and can stand beside harm. It is counted because it can also be a beginning."),
    Group("sides", "Both sides, and always or never", (
        Code("both_sides", "both sides seen", quoted=True), Code("absolutes", "“always”, “never”, “everyone”", quoted=True),
    ), "Everybody says “always” at times. What can be seen here is more or less of it."),
    Group("grandiose", "Talk of oneself as great or unique", (
        Code("grandiose", "talk of being great, unique or above others", quoted=True),
    ), "Joy about a success counts here too. Read the lines."),
)  # fmt: skip


def group_of(group: str) -> Group:
    """The group of an id.

    Raises:
        KeyError: there is none.
    """
    return {g.id: g for g in GROUPS}[group]


def codes() -> dict[str, Code]:
    """Every row by its id, in order."""
    return {code.id: code for group in GROUPS for code in group.codes}
