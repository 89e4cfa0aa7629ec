"""Header shapes, as phones of many places write them: tests make chats from them whose moments are known beforehand.

Each shape is a function from a moment to header text. `order` says what its dates leave open: "day" (day first),
"month" (month first), or "year" (nothing to decide). `seconds` says whether the shape keeps them.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

NNBSP, NBSP, LRM, RLM = "\u202f", "\u00a0", "\u200e", "\u200f"
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
DEVANAGARI = str.maketrans("0123456789", "०१२३४५६७८९")
BENGALI = str.maketrans("0123456789", "০১২৩৪৫৬৭৮৯")


@dataclass(frozen=True)
class HeaderShape:
    name: str
    write: Callable[[datetime], str]
    order: str
    seconds: bool = False


def _twelve(at: datetime) -> int:
    return at.hour % 12 or 12


def _half(at: datetime, am: str, pm: str) -> str:
    return am if at.hour < 12 else pm


def plain(name: str, layout: str, order: str, *, seconds: bool = False) -> HeaderShape:
    """Fields: d m Y y H M S (two digits), e n h (day, month, 12-hour without a leading zero), k u v (H, M, S alike)."""

    def write(at: datetime) -> str:
        return layout.format(
            d=f"{at.day:02}", m=f"{at.month:02}", Y=at.year, y=f"{at.year % 100:02}", H=f"{at.hour:02}", M=f"{at.minute:02}",
            S=f"{at.second:02}", e=at.day, n=at.month, h=_twelve(at), hh=f"{_twelve(at):02}", k=at.hour,
            ampm=_half(at, "am", "pm"), AMPM=_half(at, "AM", "PM"), dots=_half(at, "a.m.", "p.m."),
            spaced=_half(at, f"a.{NBSP}m.", f"p.{NBSP}m."), zh=_half(at, "上午", "下午"), ko=_half(at, "오전", "오후"),
            ar=_half(at, "ص", "م"), el=_half(at, "π.μ.", "μ.μ."), tr=_half(at, "ÖÖ", "ÖS"), vi=_half(at, "SA", "CH"),
            de=_half(at, "vorm.", "nachm."), ja=_half(at, "午前", "午後"), h0=at.hour % 12, hu=_half(at, "de.", "du."),
            ckb=_half(at, "ب.ن", "د.ن"), so=_half(at, "GH", "GD"), u=at.minute, v=at.second,
            fa=_half(at, "ق.ظ.", "ب.ظ."), th=at.year + 543, rei=at.year - 2018, bg=_half(at, "пр.об.", "сл.об."),
        )  # fmt: skip

    return HeaderShape(name, write, order, seconds)


def in_digits(shape: HeaderShape, name: str, digits: dict[int, int]) -> HeaderShape:
    return HeaderShape(name, lambda at: shape.write(at).translate(digits), shape.order, shape.seconds)


SHAPES = [
    plain("uk android", "{d}/{m}/{Y}, {H}:{M} - ", "day"),
    plain("uk android am", "{d}/{m}/{Y}, {h}:{M} {ampm} - ", "day"),
    plain("us android", "{n}/{e}/{y}, {h}:{M} {AMPM} - ", "month"),
    plain("us android nnbsp", "{n}/{e}/{y}, {h}:{M}" + NNBSP + "{AMPM} - ", "month"),
    plain("us ios", "[{n}/{e}/{y}, {h}:{M}:{S} {AMPM}] ", "month", seconds=True),
    plain(
        "us ios nnbsp, mark", LRM + "[{n}/{e}/{y}, {h}:{M}:{S}" + NNBSP + "{AMPM}] ", "month", seconds=True
    ),
    plain("german android", "{d}.{m}.{y}, {H}:{M} - ", "day"),
    plain("german ios", "[{d}.{m}.{y}, {H}:{M}:{S}] ", "day", seconds=True),
    plain("german um", "{d}.{m}.{Y} um {H}:{M} - ", "day"),
    plain("german vorm", "{d}.{m}.{y}, {h}:{M} {de} - ", "day"),
    plain("german uhr", "{d}.{m}.{y}, {H}:{M} Uhr - ", "day"),
    plain("french android", "{d}/{m}/{Y} à {H}:{M} - ", "day"),
    plain("french ios", "[{d}/{m}/{Y} à {H}:{M}:{S}] ", "day", seconds=True),
    plain("canadian french", "{Y}-{m}-{d} {H} h {M} - ", "year"),
    plain("canadian english", "{Y}-{m}-{d}, {h}:{M} {dots} - ", "year"),
    plain("dutch android", "{d}-{m}-{Y} {H}:{M} - ", "day"),
    plain("dutch ios", "[{d}-{m}-{y} {H}:{M}:{S}] ", "day", seconds=True),
    plain("spanish spaced", "{e}/{n}/{Y} {h}:{M} {spaced} - ", "day"),
    plain("spanish ios spaced", "[{e}/{n}/{y}, {h}:{M}:{S} {spaced}] ", "day", seconds=True),
    plain("spanish plain spaces", "{e}/{n}/{Y}, {h}:{M} p. m. - ".replace("p. m.", "{spaced}"), "day"),
    plain("italian dots", "{d}/{m}/{y}, {H}.{M} - ", "day"),
    plain("indonesian", "{d}/{m}/{y} {H}.{M} - ", "day"),
    plain("finnish", "{e}.{n}.{Y} klo {k}.{M} - ", "day"),
    plain("finnish ios", "[{e}.{n}.{Y} klo {k}.{M}.{S}] ", "day", seconds=True),
    plain("danish", "{d}.{m}.{Y} kl. {H}.{M} - ", "day"),
    plain("croatian", "{e}. {n}. {Y}. {H}:{M} - ", "day"),
    plain("croatian without an end", "{e}. {n}. {Y}. {H}:{M}:{S} ", "day", seconds=True),
    plain("colon end", "{d}.{m}.{y} {H}.{M}.{S}: ", "day", seconds=True),
    plain("colon end am", "{n}/{e}/{y}, {h}:{M}:{S} {AMPM}: ", "month", seconds=True),
    plain("turkish ios", "[{e}.{m}.{Y} {H}:{M}:{S}] ", "day", seconds=True),
    plain("turkish marks", "{e}.{n}.{Y} {tr} {h}:{M} - ", "day"),
    plain("bulgarian", "{e}.{m}.{Y} г., {H}:{M} - ", "day"),
    plain("bulgarian marks", "{e}.{m}.{Y} г., {h}:{M} {bg} - ", "day"),
    plain("hungarian", "{Y}. {m}. {d}. {H}:{M} - ", "year"),
    plain("hungarian marks", "{Y}. {m}. {d}. {hu} {h}:{M} - ", "year"),
    plain("south african", "{Y}/{m}/{d}, {H}:{M} - ", "year"),
    plain("swedish", "{Y}-{m}-{d} {H}:{M} - ", "year"),
    plain("iso ios", "[{Y}-{m}-{d}, {H}:{M}:{S}] ", "year", seconds=True),
    plain("en dash", "{d}/{m}/{Y}, {H}:{M} – ", "day"),
    plain("chinese", "{Y}/{n}/{e} {zh}{h}:{M} - ", "year"),
    plain("chinese ios", "[{Y}/{n}/{e} {zh}{h}:{M}:{S}] ", "year", seconds=True),
    plain("chinese words", "{Y}年{n}月{e}日 {zh}{h}:{M} - ", "year"),
    plain("korean", "{Y}. {n}. {e}. {ko} {h}:{M} - ", "year"),
    plain("korean words", "{Y}년 {n}월 {e}일 {ko} {h}:{M} - ", "year"),
    plain("japanese from 0", "{Y}/{m}/{d} {ja}{h0}:{M} - ", "year"),
    plain("japanese era", "[{n}/{e}/R{rei}, {H}:{M}:{S}] ", "month", seconds=True),
    plain("greek", "{e}/{n}/{y}, {h}:{M} {el} - ", "day"),
    plain("vietnamese time first", "{H}:{M}, {d}/{m}/{Y} - ", "day"),
    plain("vietnamese ios time first", "[{H}:{M}:{S}, {n}/{e}/{y}] ", "month", seconds=True),
    plain("vietnamese marks", "{h}:{M} {vi}, {d}/{m}/{Y} - ", "day"),
    plain("thai buddhist", "[{n}/{e}/{th} BE, {H}:{M}:{S}] ", "month", seconds=True),
    plain("thai buddhist android", "{e}/{n}/{th} {H}:{M} - ", "day"),
    plain("arabic latin digits", "{d}/{m}/{Y}، {h}:{M} {ar} - ", "day"),
    in_digits(
        plain("", "{e}" + RLM + "/{n}" + RLM + "/{Y}، {h}:{M} {ar} - ", "day"),
        "arabic digits and marks",
        ARABIC,
    ),
    in_digits(plain("", RLM + "[{e}/{n}/{Y}، {h}:{M}:{S} {ar}] ", "day", seconds=True), "arabic ios", ARABIC),
    in_digits(plain("", "{Y}/{n}/{e}،" + RLM + " {H}:{M} - ", "year"), "persian digits", PERSIAN),
    in_digits(plain("", "{Y}/{n}/{e}, {h}:{M} {fa} - ", "year"), "persian marks", PERSIAN),
    in_digits(plain("", "{e}/{n}/{y}, {h}:{M} {ampm} - ", "day"), "devanagari", DEVANAGARI),
    in_digits(plain("", "{e}/{n}/{y}, {h}:{M} {AMPM} - ", "day"), "bengali", BENGALI),
    plain("two-digit year first", "{y}/{m}/{d}, {H}:{M} - ", "year"),
    # From here on as Unicode CLDR has the short date, the time and what joins them in the locale.
    plain(
        "tabs", "{d}/{m}/{Y}\t{H}:{M}\t-\t", "day"
    ),  # no locale: what an editor or a spreadsheet makes of the spaces
    plain("spanish iso ios spaced", "[{Y}-{m}-{d}, {h}:{M}:{S} {spaced}] ", "year", seconds=True),
    plain("czech", "{e}. {n}. {Y} {k}:{M} - ", "day"),
    plain("serbian", "{e}.{n}.{Y}. {H}:{M} - ", "day"),
    plain("serbian у", "{e}. {n}. {Y}. у {H}:{M} - ", "day"),
    plain("macedonian", "{e}.{n}.{Y} во {H}:{M} - ", "day"),
    plain("ukrainian", "{d}.{m}.{Y} р., {H}:{M} - ", "day"),
    plain("canadian french ios", "[{Y}-{m}-{d} {H} h {M} min {S} s] ", "year", seconds=True),
    plain("latvian", "{d}.{m}.{Y}. plkst. {H}:{M} - ", "day"),
    plain("estonian", "{d}.{m}.{Y} kell {H}:{M} - ", "day"),
    plain("portuguese", "{d}/{m}/{Y} às {H}:{M} - ", "day"),
    plain("hong kong", "{e}/{n}/{Y} {zh}{h}:{M} - ", "day"),
    plain("japanese words", "{Y}年{n}月{e}日 {H}時{M}分 - ", "year"),
    plain("korean time in words", "{Y}년 {n}월 {e}일 {ko} {h}시 {M}분 - ", "year"),
    plain("kurdish", "{Y}-{m}-{d} {h}:{M} {ckb} - ", "year"),
    in_digits(plain("", "{Y}-{m}-{d} {h}:{M} {ckb} - ", "year"), "kurdish digits", ARABIC),
    plain("somali", "[{d}/{m}/{y} {h}:{M}:{S}" + NNBSP + "{so}] ", "day", seconds=True),
    plain("yoruba", "{e}/{n}/{Y} {k}:{u} - ", "day"),  # minutes and seconds without a zero before them
    plain("yoruba ios", "[{e}/{n}/{Y} {k}:{u}:{v}] ", "day", seconds=True),
    plain("persian ios, latin digits", "[{Y}/{n}/{e}, {h}:{M}:{S} {fa}] ", "year", seconds=True),
    plain("no space before the mark", "{n}/{e}/{y}, {h}:{M}{AMPM} - ", "month"),
    plain("us words", "{n}/{e}/{y} at {h}:{M} {AMPM} - ", "month"),
    plain("iso with a T", "{Y}-{m}-{d}T{H}:{M}:{S} - ", "year", seconds=True),
    plain("year in the middle", "[{m}/{Y}/{d}, {H}:{M}:{S}] ", "month", seconds=True),
]


@dataclass(frozen=True)
class Written:
    """One message as a test wrote it: what reading must give back."""

    at: datetime
    author: str
    text: str


def conversation(
    seed: int = 7, number: int = 120, start: datetime = datetime(2021, 3, 2, 9, 15, 7)
) -> list[Written]:
    """Messages over about a year, with colons, quoted times and lines of their own in the bodies."""
    chance = random.Random(seed)
    at, written = start, []
    for i in range(number):
        text = chance.choice(
            [
                "see you later",
                "ok: at 10:30 - fine",
                f"number {i}",
                "Re: 3/4, as said\nand a second line",
                "👍🏽",
                "a\n\nb: c",
            ]
        )
        written.append(Written(at, chance.choice(["Ruth", "José Ángel"]), text))
        at += timedelta(minutes=chance.randint(200, 9000), seconds=chance.randint(0, 59))
    return written


def export_text(shape: HeaderShape, messages: list[Written]) -> str:
    return "".join(f"{shape.write(m.at)}{m.author}: {m.text}\n" for m in messages)


def as_read(shape: HeaderShape, messages: list[Written]) -> list[tuple[datetime, str, str]]:
    """(moment, author, text) that reading must give: to the second where the shape writes seconds, else to the minute."""
    return [(m.at if shape.seconds else m.at.replace(second=0), m.author, m.text) for m in messages]
