"""Text as XML can hold it."""

# All below the space but tab and the ends of lines, and two that are no characters.
NO_TEXT = {number: None for number in (*range(32), 0xFFFE, 0xFFFF) if number not in (9, 10, 13)}


def plain(text: str) -> str:
    """Without the characters XML forbids; one of them in one entry would spoil a whole feed."""
    return text.translate(NO_TEXT)
