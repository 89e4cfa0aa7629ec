"""The sixteen questions on four pages, the worst and *afraid now* first.

Each page is sealed when one goes on, so that whoever stops half-way has lost nothing. A yes counts also where the page is
left without its button: the page's script sends it along. A no does not, because a no can open the gate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from velveteen.app.desk import Desk
from velveteen.app.forms import Form, read_form
from velveteen.app.gate import GIVEN, as_entries, gate
from velveteen.app.shell import desk_of, go, route, show
from velveteen.guide.danger import DangerState, Sign, danger_state, signs, words_of_harm
from velveteen.journal.entries import Entry
from velveteen.problems import BadInput

STEPS = (
    ("The gravest first", ("afraid_now", "strangled", "weapon", "threat_to_kill")),
    ("What they have ever done", ("forced_sex", "stalking", "hurt_in_pregnancy", "child_hurt", "pet_hurt")),
    ("How it is now", ("getting_worse", "control_and_leaving", "gun_in_reach", "stepchild_at_home")),
    ("Thoughts of dying", ("their_suicide", "their_suicide_attempt", "own_despair")),
)
SAID_NO = "You said no, less than a month ago."
SAID_YES = "You said yes."


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on a page.

    Attributes:
        sign: the sign.
        number: its place in the list, from 1; forms and addresses carry it instead of a name.
        due: whether it has no answer of the last month.
        stands: whether its yes stands.
    """

    sign: Sign
    number: int
    due: bool
    stands: bool

    @property
    def before(self) -> str:
        """What was said before; empty where nothing that counts."""
        return SAID_YES if self.stands else ("" if self.due else SAID_NO)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the pages.

    Attributes:
        number: from 1.
        title: its heading.
        asked: its questions, without those whose yes stands for good.
        settled: labels of those.
    """

    number: int
    title: str
    asked: tuple[Asked, ...]
    settled: tuple[str, ...]

    @property
    def due(self) -> int:
        """How many of its questions have no answer of the last month."""
        return sum(a.due for a in self.asked)


def routes() -> list[Route]:
    """One of the pages, and its answers."""
    return [
        route("signs", _questions, "/p/{step:int}"),
        route("signs", _answered, "/p/{step:int}", ("POST",)),
    ]  # fmt: skip


def steps(state: DangerState) -> list[Step]:
    """The pages, as a gate leaves them to be asked."""
    places = {sign.id: (number, sign) for number, sign in enumerate(signs(), 1)}
    return [_step(number, *told, places, state) for number, told in enumerate(STEPS, 1)]


def _step(
    number: int, title: str, ids: tuple[str, ...], places: dict[str, tuple[int, Sign]], state: DangerState
) -> Step:  # fmt: skip
    found = [places[i] for i in ids]
    settled = [s for _, s in found if s.stands == "for_good" and s.id in state.standing]
    asked = [
        Asked(s, n, s.id in state.unanswered, s.id in state.standing) for n, s in found if s not in settled
    ]
    return Step(number, title, tuple(asked), tuple(s.label for s in settled))


def next_due(state: DangerState, after: int = 0) -> int:
    """The first page after another with a question that is due, else the first of all; 0 where there is none."""
    due = [step.number for step in steps(state) if step.due]
    return next((number for number in due if number > after), due[0] if due else 0)


async def _questions(request: Request) -> Response:
    desk = desk_of(request)
    if desk.side == "changer":
        return go("safety")
    return _page(request, _wanted(request, desk))


def _wanted(request: Request, desk: Desk) -> Step:
    number: int = request.path_params["step"]
    if not 1 <= number <= len(STEPS):
        raise BadInput("no_page", "There is no such page in these notes. Nothing was changed.")
    return steps(gate(desk))[number - 1]


def _page(
    request: Request, step: Step, *, given: dict[str, str] | None = None, words: tuple[str, ...] = ()
) -> Response:  # fmt: skip
    return show(
        request, "signs_step.html.j2", tab="safety", step=step, of=len(STEPS), given=given or {}, words=words
    )


async def _answered(request: Request) -> Response:
    desk, form = desk_of(request), await read_form(request)
    if desk.side == "changer":
        return go("safety")
    step = _wanted(request, desk)
    given = _given(form, step.asked)
    told = as_entries(desk, given)
    words = _words_against(desk, given, told)
    if words and form.text("sure") != "yes":
        return _page(request, step, given=given, words=words)
    if told:
        desk.add(told)
    return _on(desk, step, given)


def _given(form: Form, asked: tuple[Asked, ...]) -> dict[str, str]:
    """Sign -> what was chosen, of the questions that are asked; one that was passed over stays as it is."""
    said = {a.sign.id: form.choice(f"sign_{a.number}", GIVEN) for a in asked}
    return {sign: word for sign, word in said.items() if word is not None}


def _words_against(desk: Desk, given: dict[str, str], told: list[Entry]) -> tuple[str, ...]:
    """Words of harm in the record, where these noes are the last of sixteen; then the noes are questioned once."""
    if set(given.values()) != {"no"} or danger_state([*desk.entries, *told], date.today()).closed:
        return ()
    return tuple(words_of_harm(desk.entries))


def _on(desk: Desk, step: Step, given: dict[str, str]) -> Response:
    """After a yes to Safety, else to the next page with a question that is due, else back to all of them."""
    if "yes" in given.values():
        return go("safety", said=str(step.number))
    following = next_due(gate(desk), step.number)
    if following > step.number:
        return go("signs", "p", following)
    return go("signs", said="open" if gate(desk).unanswered else "kept" if given else "nothing")


def in_passing(desk: Desk, form: Form) -> None:
    """Seal each yes that was chosen on a page that is left without its button.

    Raises:
        BadInput, Refused: as `Desk.add`.
    """
    if desk.locked or desk.side not in ("partner", "unsure"):
        return
    asked = tuple(a for step in steps(gate(desk)) for a in step.asked if not a.stands)
    yes = {sign: word for sign, word in _given(form, asked).items() if word == "yes"}
    if yes:
        desk.add(as_entries(desk, yes))
