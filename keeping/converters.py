"""The kinds of entry as they stand in addresses: `labs`, `actors`, `missions`."""

from curation.choices import Kind


class KindConverter:
    """From the word in the address to the kind and back."""

    regex = "|".join(f"{kind}s" for kind in Kind.values)

    def to_python(self, value: str) -> str:
        return value.removesuffix("s")

    def to_url(self, value: str) -> str:
        return f"{value}s"
