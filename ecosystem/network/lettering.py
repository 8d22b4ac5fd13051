"""How wide a name is in the font of the pages, and a name broken or cut to fit.

The widths are IBM Plex Sans Regular's, in hundredths of its size; what is not listed is as wide as most.
"""

SIZE = 14
WIDTHS = {
    letter: width
    for width, letters in {
        25: " 'ijìíîï", 27: ",.l’!:;|", 33: "[]f()·{}", 36: "tr/\\", 40: '-I"*', 47: "z?sv“”", 50: "Lcyç",
        53: "Jxagkàáâãäå", 56: "eèéêëF_oòóôõö", 57: "Thnuøñüûú", 59: "ESZbdpqÉYß–", 61: "PVX$+0123456789=<>",
        64: "CKARÄÅÀ", 67: "BDUÜ", 70: "&G#HNOQØÖ", 78: "w—…", 81: "M", 87: "æm", 91: "@WÆ%",
    }.items()
    for letter in letters
}  # fmt: skip
USUAL = 60
ELLIPSIS = "…"


def width(text: str, size: float = SIZE) -> float:
    """In the units of the picture."""
    return sum(WIDTHS.get(letter, USUAL) for letter in text) * size / 100


def fitted(text: str, room: float, lines: int) -> tuple[str, ...]:
    """The text in at most so many lines, each no wider than there is room; what does not fit is cut."""
    done: list[str] = []
    words = text.split()
    while words and len(done) < lines - 1:
        line, words = _line(words, room)
        done.append(line)
    return (*done, cut(" ".join(words), room)) if words else tuple(done)


def _line(words: list[str], room: float) -> tuple[str, list[str]]:
    """As many words as fit, at least one; a word that is too long for a line is cut."""
    number = 1
    while number < len(words) and width(" ".join(words[: number + 1])) <= room:
        number += 1
    return cut(" ".join(words[:number]), room), words[number:]


def cut(text: str, room: float) -> str:
    """The beginning that fits, with the sign that something is missing."""
    if width(text) <= room:
        return text
    while text and width(text + ELLIPSIS) > room:
        text = text[:-1]
    return text.rstrip(" ,.-–(") + ELLIPSIS
