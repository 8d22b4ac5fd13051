"""The 20 questions of the benchmark, each with the reason why it is among them.

Words are named by how common they are and looked up in the register at hand, so that the same mix asks the
same of ten thousand labs and of a million. Themes and places are real ones.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.utils.translation import override

from curation.query import read
from curation.reference import Reference
from curation.understanding import understand
from labs.models import Lab
from places.danish import forms_of_short

SAMPLE = 2000
FEWEST_LETTERS = 5
MUNICIPALITY, REGION = "0751", "1082"  # Aarhus, and Region Midtjylland
SOUTH_FUNEN = (9.8, 54.9, 10.8, 55.3)  # west, south, east, north in degrees


@dataclass(frozen=True)
class Query:
    """One question, by what is asked; `floor` and the rivals read the fields, the page its address."""

    name: str
    why: str
    words: tuple[str, ...] = ()
    language: str = "da"
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    phases: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    sort: str = ""
    page: int = 1
    unfinished: bool = False  # the last word is only the beginning of one

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """What stands in the address."""
        lists = {
            "theme": self.themes, "place": self.places, "phase": self.phases, "setting": self.settings,
            "side": self.sides,
        }  # fmt: skip
        single = {
            "q": " ".join(self.words),
            "bbox": ",".join(map(str, self.box or ())),
            "sort": self.sort,
            "page": str(self.page) if self.page > 1 else "",
        }
        several = [(name, value) for name, values in lists.items() for value in values]
        return [(name, value) for name, value in single.items() if value] + several

    @property
    def path(self) -> str:
        start = "/en/labs/" if self.language == "en" else "/labs/"
        return f"{start}?{urlencode(self.parameters)}" if self.parameters else start

    @property
    def api_path(self) -> str:
        """The same asked of the API."""
        return f"/api/v1/labs?{urlencode([*self.parameters, ('language', self.language)])}"


@dataclass(frozen=True)
class Words:
    """Words of the register by the share of labs that have them."""

    shares: Mapping[str, float] = field(repr=False)
    texts: Sequence[set[str]] = field(default=(), repr=False)
    language: str = "da"

    @classmethod
    def read(cls, language: str) -> "Words":
        """From the texts of the first labs."""
        texts = Lab.objects.published().order_by("pk").values_list(
            f"summary_{language}", f"description_{language}"
        )[:SAMPLE]  # fmt: skip
        sets = [set(re.findall(r"\w+", " ".join(text).lower())) for text in texts]
        found = Counter(word for words in sets for word in words)
        return cls({word: number / len(sets) for word, number in found.items()}, sets, language)

    def common_to(self, share: float, *, beside: str = "", but: Sequence[str] = ()) -> str:
        """The word whose share is nearest to the one asked for; long enough to be no small word.

        Neither it nor its beginning means anything besides itself, nor with the word `beside` it, with which
        some lab says it, so that hand-written SQL can ask for it.
        """
        words = [word for word in self.shares if len(word) >= FEWEST_LETTERS and word not in (beside, *but)]
        words.sort(key=lambda word: (abs(self.shares[word] - share), word))
        return next(
            word
            for word in words
            if all(self._means_itself(asked) for asked in (word, word[:4], f"{beside} {word}"))
            and (not beside or any({beside, word} <= text for text in self.texts))
        )

    def _means_itself(self, typed: str) -> bool:
        with override(self.language):
            question = read(typed)
        if any(forms_of_short(word) for word in question.words):
            return False
        return not any(meaning.ways for meaning in understand(question, Reference()).terms)


def mix() -> list[Query]:
    """The 20 questions, with words of the register at hand."""
    danish, english = Words.read("da"), Words.read("en")
    broad = danish.common_to(0.25)
    common = danish.common_to(0.06)
    other = danish.common_to(0.06, beside=common)
    rare = danish.common_to(0.003, beside=broad)
    return [
        Query("everything", "the page everybody meets first: every row is counted"),
        Query("broad word", "a quarter of the register is found: ranking all of it is the trap", (broad,)),
        Query("common word", "what a reader typically types", (common,)),
        Query("rare word", "a plan by the order of the list would walk the whole index", (rare,)),
        Query("two words", "both have to be there: two lists of the index meet", (common, other)),
        Query("broad and rare word", "the rare one has to lead", (broad, rare)),
        Query("beginning of a word", "what is asked while somebody types", (common[:4],), unfinished=True),
        Query("English word", "the other column and configuration", (english.common_to(0.1),), language="en"),
        Query("word and theme", "text and an array at once", (common,), themes=("ageing",)),
        Query("word and region", "text and a large place", (common,), places=(REGION,)),
        Query("word and section of the map", "text and two ranges", (broad,), box=SOUTH_FUNEN),
        Query(
            "word and four filters", "every facet ignores a filter of its own", (broad,),
            themes=("ageing",), places=(REGION,), phases=("running",), sides=("push",),
        ),
        Query("broad word, page 3", "further down the ranked list", (broad,), page=3),
        Query("theme", "the commonest way in", themes=("ageing",)),
        Query("two themes", "several values of a filter mean or", themes=("home-care", "dementia")),
        Query("municipality", "one place's labs", places=(MUNICIPALITY,)),
        Query("region and phase", "two filters, neither selective", places=(REGION,), phases=("running",)),
        Query(
            "two settings and a side", "a small list, no text", settings=("home", "school_daycare"),
            sides=("no_push",),
        ),
        Query("section of the map", "what moving the map asks", box=SOUTH_FUNEN),
        Query("region by name, page 3", "an order of its own", places=(REGION,), sort="name", page=3),
    ]  # fmt: skip
