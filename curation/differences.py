"""What differs between two tellings of the same thing, word by word, for people to read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

# A word with the space behind it; a line break is a word of its own.
WORDS = re.compile(r"\n|[^\s]+[^\S\n]*|[^\S\n]+")
# Above this many words on either side the whole text is shown as replaced: comparing would take seconds.
MOST_WORDS = 4000


class Change(StrEnum):
    """What happened to a stretch of words."""

    SAME = "same"
    GONE = "del"
    NEW = "ins"


@dataclass(frozen=True)
class Stretch:
    """Some words that share one fate."""

    change: Change
    text: str


@dataclass(frozen=True)
class Difference:
    """One field that says something else now. `before` and `after` are the two cells of its row."""

    name: str
    label: str
    before: Sequence[Stretch]
    after: Sequence[Stretch]

    @property
    def is_new(self) -> bool:
        """Nothing was said before."""
        return not self.before

    @property
    def is_gone(self) -> bool:
        """Nothing is said any more."""
        return not self.after


def differences(
    before: Mapping[str, str], after: Mapping[str, str], labels: Mapping[str, str]
) -> list[Difference]:
    """The fields whose text differs, in the order of the labels; a field that is missing says nothing."""
    found = []
    for name, label in labels.items():
        old, new = before.get(name, ""), after.get(name, "")
        if old != new:
            found.append(Difference(name, label, *words_compared(old, new)))
    return found


def words_compared(old: str, new: str) -> tuple[list[Stretch], list[Stretch]]:
    """The old text with what is gone marked, and the new one with what is new marked."""
    was, now = WORDS.findall(old), WORDS.findall(new)
    if max(len(was), len(now)) > MOST_WORDS:
        return _all(Change.GONE, old), _all(Change.NEW, new)
    left: list[Stretch] = []
    right: list[Stretch] = []
    matcher = SequenceMatcher(None, [word.strip() for word in was], [word.strip() for word in now], False)
    for kind, a, b, c, d in matcher.get_opcodes():
        same = kind == "equal"
        left += _all(Change.SAME if same else Change.GONE, "".join(was[a:b]))
        right += _all(Change.SAME if same else Change.NEW, "".join(now[c:d]))
    return left, right


def _all(change: Change, text: str) -> list[Stretch]:
    return [Stretch(change, text)] if text else []
