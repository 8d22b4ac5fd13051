"""A small graph, written as JSON-LD or as Turtle: nodes are mappings from short names to values.

A value is a node, a `Ref`, a `Literal`, or a list of these. A node with an address of its own is told once
and pointed at by a `Ref`; one without stands where it belongs.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

PREFIXES: Mapping[str, str] = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Ref:
    """Points at something by its address, or by a short name."""

    address: str


@dataclass(frozen=True)
class Literal:
    """A text with its language, or a value with its type (a short name)."""

    text: str
    language: str = ""
    type: str = ""


type Value = "Ref | Literal | Node | Sequence[Value]"
type Node = Mapping[str, Value]


def in_json(nodes: Iterable[Node]) -> str:
    """The graph as JSON-LD."""
    told = {"@context": dict(PREFIXES), "@graph": [_plain(node) for node in nodes]}
    return json.dumps(told, ensure_ascii=False, indent=1)


def _plain(value: Any) -> Any:
    if isinstance(value, Ref):
        return {"@id": value.address}
    if isinstance(value, Literal):
        if value.language:
            return {"@language": value.language, "@value": value.text}
        return {"@type": value.type, "@value": value.text} if value.type else value.text
    if isinstance(value, Mapping):
        return {
            name: one.address if name in ("@id", "@type") else _plain(one)
            for name, one in value.items()
            if one
        }
    return [_plain(one) for one in value]


def in_turtle(nodes: Iterable[Node]) -> str:
    """The graph as Turtle."""
    heads = [f"@prefix {name}: <{address}> ." for name, address in PREFIXES.items()]
    return "\n".join([*heads, "", *(f"{_subject(node)} .\n" for node in nodes)])


def _subject(node: Node) -> str:
    return f"{_term(node['@id'])} {_said(node, '  ')}"


def _said(node: Node, indent: str) -> str:
    parts = [f"a {_term(node['@type'])}"]
    parts += [
        f"{name} {', '.join(_object(one, indent) for one in _several(value))}"
        for name, value in node.items()
        if not name.startswith("@") and value
    ]
    return f" ;\n{indent}".join(parts)


def _several(value: Value) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]


def _object(value: Any, indent: str) -> str:
    if isinstance(value, Mapping):
        return f"[ {_said(value, indent + '  ')} ]"
    return _literal(value) if isinstance(value, Literal) else _term(value)


def _term(ref: Any) -> str:
    """A short name as it is, an address in angle brackets without what may not stand there."""
    if ref.address.partition(":")[0] in PREFIXES:
        return str(ref.address)
    return "<" + "".join(_in_address(letter) for letter in ref.address) + ">"


def _in_address(letter: str) -> str:
    return f"\\u{ord(letter):04X}" if letter <= " " or letter in '<>"{}|^`\\' else letter


def _literal(value: Literal) -> str:
    escaped = json.dumps(value.text, ensure_ascii=False)  # Turtle escapes as JSON does
    if value.language:
        return f"{escaped}@{value.language}"
    return f"{escaped}^^{value.type}" if value.type else escaped
