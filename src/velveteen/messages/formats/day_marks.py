"""Words for the time of day (am, p. m., ص, 下午, …) and the small words around a time, as phones write them.

Source of the words: Unicode CLDR's dayPeriods of each locale (abbreviated and narrow forms, dots and spaces left out).
A word that is in none of these tables is never guessed at.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

GAP_CHARS = " \t\u00a0\u1680\u2000-\u200f\u202a-\u202f\u205f-\u2069\u3000\u061c\ufeff"
"""Spaces and invisible direction marks, as the inside of a character class."""
_INVISIBLE = {
    chr(c): None
    for c in (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0x61C, 0xFEFF)
}
_DROP = str.maketrans(_INVISIBLE)
_PUNCTUATION = ",.،؛;·•|/-‐‑–—~'’`"  # between a date and a time it carries no meaning

AM = """am πμ ص ق قظ 上午 早上 清晨 오전 午前 vorm vormittags fm vm öö de dop dopoledne ap дп проб прдн προ sa
 ก่อนเที่ยง לפנהצ לפנה״צ प्रात पूर्वाह्न मपू सकाळ ಪೂರ್ವಾಹ್ನ முற்பகல் පෙව ព្រឹក ກ່ອນທ່ຽງ နံနက် ጥዋት pg pd paradite
 eparadites prijepodne prepodne пре преподне претпладне rn yb fh priekšpusdienā priešpiet ამ üө үө тңч таңкы
 asubuhi sn सुबह subuh ਪੂਦੁ ભૂપ পূর্বাহ্ণ сутра ԿԱ कलाधि पूर्व صباحا قبلازظهر قبلدوپہر pagi
 بن صبحمنجهند چب چۈشتىنبۇرۇن غم gh wd ቅቀ ጽባሕ ማለዶ sf safiya भोर सवेर भ्यागा फुं নুমাং ᱥᱮᱛᱟᱜ subaka soodo saaku uluchelo
 goöň öň günortadanöň пријеподне претпл апоўначы prp an ntufat hengihengi ᏌᎾᎴ ᐊᒼ"""
PM = """pm μμ م ب بظ 下午 오후 午後 nachm nachmittags em nm ös du odp odpoledne pop ip пс слоб следоб слобед μετά ch
 หลังเที่ยง אחהצ אחה״צ अपराह्न मउ ಅಪರಾಹ್ನ பிற்பகல் පව ល្ងាច ຫຼັງທ່ຽງ ညနေ ከሰዓት ptg md pasdite
 epasdites popodne poslijepodne послеподне поподне по попладне in yh eh pēcpusdienā popiet პმ үх түшкө түштөнкийинки tk
 mchana gn ਬਾਦੁ অপরাহ্ণ ԿՀ مساء بعدازظهر بعددوپہر petang
 دن شاممنجهند منجهندشام چك چۈشتىنكېيىن غو gd wb ድቀ ምሴት ቃማ ym yamma सांझ दपैहरबाद सञ दपेहरासंजा बेलासे পিএম ᱧᱤᱫᱟᱹ kikiiɗe
 hawwaro carra akasuba gosoň soň günortadansoň послијеподне попл апоўдні ew ntmeddit efiafi ᏒᎯᏱᎢᏗᏢ ᏒᎯᏱᎢ ᐲᒼ"""
NOON = "中午 正午 दोपहर দুপুর siang 낮 昼"
EVENING = "晚上 傍晚 शाम সন্ধ্যা sore 저녁 夕方"
NIGHT = "凌晨 半夜 深夜 午夜 रात রাত malam 밤 새벽 夜 夜中"

_KINDS = {
    unicodedata.normalize("NFC", word).casefold(): kind
    for kind, words in (("am", AM), ("pm", PM), ("noon", NOON), ("evening", EVENING), ("night", NIGHT))
    for word in words.split()
}
# Words that two locales use both ways, or that are common beside a time without saying which half of the day.
for _both_ways in ("in", "to", "po"):
    _KINDS.pop(_both_ways, None)

_BESIDE = """à às a las alas um klo kl klokken at en om den dne kell ob v в о о об у u o la le ore orele ora alle
 et a i y ve saat uur uhr h hs hrs hr ч час р г год року lúc ngày vào เวลา น be ce ad พศ 日 일 号 號 秒 초 s sec
 sek 분 分 min plkst st στις день dia día tanggal pukul jam التوقيت الساعة ساعت în"""
NEUTRAL = frozenset(unicodedata.normalize("NFC", word).casefold() for word in _BESIDE.split())


@lru_cache(maxsize=4096)
def slot(raw: str) -> tuple[str, str]:
    """(words that carry no time of day, kind of the day mark or "") of the text between, or after, date and time.

    Kinds are "am", "pm", "noon", "evening", "night". Unknown words come back among the words; see `is_neutral`.
    """
    words = unicodedata.normalize("NFC", raw).translate(_DROP).casefold()
    tokens = ["".join(c for c in token if c not in _PUNCTUATION) for token in words.split()]
    tokens = [t for token in tokens for t in _east_asian(token) if t]
    for size in range(
        len(tokens), 0, -1
    ):  # the longest mark at the end, then at the start: "p. m.", "klo", "г. слоб."
        for chosen, rest in ((tokens[-size:], tokens[:-size]), (tokens[:size], tokens[size:])):
            kind = _KINDS.get("".join(chosen))
            if kind is not None and is_neutral(" ".join(rest)):
                return " ".join(rest), kind
    return " ".join(tokens), ""


def _east_asian(token: str) -> list[str]:
    """“日下午” is two words without a space between them."""
    return [token[0], token[1:]] if token[:1] in {"日", "일", "号", "號"} and len(token) > 1 else [token]


def is_neutral(words: str) -> bool:
    """Whether every word is one that says nothing about the half of the day."""
    return words.replace(" ", "") in NEUTRAL or all(word in NEUTRAL for word in words.split())


def hour_of(hour: int, kind: str) -> int | None:
    """Hour 0-23 on a 24-hour clock, or None where hour and day mark contradict each other.

    Without a mark 24 is the hour of midnight, as phones that count 1-24 write 00. With one, 13-23 stand as they
    are if the mark agrees, and 0 is the 12 of phones that count 0-11.
    """
    if kind == "":
        return hour % 24 if hour <= 24 else None
    if hour > 23 or (hour > 12 and kind == "am"):
        return None
    if hour > 12:
        return hour
    small = hour % 12
    return _on_twelve(small, kind)


def _on_twelve(small: int, kind: str) -> int | None:
    if kind == "am":
        return small
    if kind == "pm":
        return small + 12
    if kind == "noon":
        return small if small in {10, 11} else small + 12
    if kind == "evening":
        return small + 12 if small >= 3 else None
    return small + 12 if small >= 6 else small
