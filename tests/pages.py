"""Reading pages as tests do: a small tree of elements, found by id, tag, class or attribute."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any, Self

VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass
class Node:
    """An element with its children; text stands between them as strings."""

    tag: str
    attrs: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Node"]:
        """All elements below, in their order."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child

    def all(self, tag: str = "", css: str = "", **attrs: str) -> list["Node"]:
        """The elements below with a tag, a class and attributes (an underscore stands for a hyphen)."""
        wanted = {name.replace("_", "-"): value for name, value in attrs.items()}
        return [
            node
            for node in self
            if node.tag == (tag or node.tag)
            and (not css or css in node.attrs.get("class", "").split())
            and all(node.attrs.get(name) == value for name, value in wanted.items())
        ]

    def one(self, tag: str = "", css: str = "", **attrs: str) -> "Node":
        (found,) = self.all(tag, css, **attrs)
        return found

    def by_id(self, name: str) -> "Node":
        return self.one(id=name)

    def __contains__(self, name: str) -> bool:
        """Whether an element with this id is below."""
        return bool(self.all(id=name))

    @property
    def text(self) -> str:
        parts = (
            child if isinstance(child, str) else child.text if child.tag == "mark" else f" {child.text} "
            for child in self.children
        )
        return " ".join("".join(parts).split())

    @property
    def links(self) -> list[str]:
        return [node.attrs["href"] for node in self.all("a") if "href" in node.attrs]

    def replace(self, name: str, other: "Node") -> None:
        """Put another element in the place of the one with this id."""
        for node in (self, *self):
            for number, child in enumerate(node.children):
                if isinstance(child, Node) and child.attrs.get("id") == name:
                    node.children[number] = other
                    return
        raise AssertionError(f"Nothing on the page has the id {name}.")

    def plain(self) -> Any:
        """Something to compare: no white space between elements, no instructions for htmx's swap."""
        attrs = {name: value for name, value in self.attrs.items() if name != "hx-swap-oob"}
        children = (c.plain() if isinstance(c, Node) else " ".join(c.split()) for c in self.children)
        return self.tag, attrs, [child for child in children if child]


class Reader(HTMLParser):
    """Builds the tree; every element that is opened must be closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        opened = self.open.pop()
        assert opened.tag == tag, f"<{opened.tag}> is closed by </{tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    @classmethod
    def read(cls, html: str) -> Node:
        reader = cls()
        reader.feed(html)
        reader.close()
        assert reader.open == [reader.root], f"<{reader.open[-1].tag}> is never closed"
        return reader.root


def read(response: Any) -> Node:
    """The tree of an answer; its markup must be whole."""
    return Reader.read(response.text)


class ListPage:
    """A list as a reader sees it: the count, the results, what each filter value would leave."""

    def __init__(self, response: Any) -> None:
        assert response.status_code == 200, response.status_code
        self.page = read(response)

    @classmethod
    def at(cls, client: Any, address: str, query: Any = None) -> Self:
        return cls(client.get(address, query or {}))

    @property
    def total(self) -> int:
        return int(self.page.by_id("result-count").attrs["data-count"])

    @property
    def names(self) -> list[str]:
        return [node.text for node in self.page.by_id("results").all("h3")]

    @property
    def options(self) -> dict[tuple[str, str], int]:
        """The number beside each value of each filter, check boxes and the list of municipalities alike."""
        found = {}
        labels = {node.attrs["for"]: node.text for node in self.page.all("label")}
        facets = self.page.by_id("facets")
        for box in facets.all("input", type="checkbox"):
            found[box.attrs["name"], box.attrs["value"]] = last_number(labels[box.attrs["id"]])
        for option in facets.by_id("f-municipality").all("option"):
            if option.attrs["value"]:
                found["place", option.attrs["value"]] = last_number(option.text)
        return found

    @property
    def tags(self) -> list[str]:
        """The addresses that take one chosen filter away."""
        return [node.attrs["href"] for node in self.page.by_id("results").all("a", "tag")]


def last_number(text: str) -> int:
    return int(re.findall(r"\d+", text)[-1])
