"""What is wrong with a question set: pydantic's errors as sentences, at the lines of the YAML file."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import yaml

#: What to write instead, by pydantic's error type; ``{input}`` is what the file has.
_REMEDIES: dict[str, str] = {
    "string_type": "debe ser texto; escríbalo entre comillas: '{input}'",
    "string_too_short": "está vacío; escriba algo o quite la clave",
    "int_type": "debe ser un número entero sin comillas, como 80",
    "bool_type": "debe ser true o false",
    "greater_than_equal": "debe ser 1 o más: las líneas se cuentan desde 1",
    "tuple_type": "debe ser una lista, como ['{input}']",
    "too_short": "está vacía; escriba al menos un valor",
    "model_type": "debe ser un grupo de claves",
    "model_attributes_type": "debe ser un grupo de claves",
}

Loc = Sequence[int | str]


def complaint(item: Mapping[str, Any], root: yaml.Node, known_keys: Callable[[str | None], Sequence[str]]) -> str:
    """What one of pydantic's errors means and what to write instead.

    ``known_keys`` gives the keys that are allowed under a key of the file (None: in a question).
    """
    loc: Loc = item["loc"]
    names = [part for part in loc if isinstance(part, str)]
    name = names[-1] if names else "la pregunta"
    node, _ = find_node(root, loc)
    given = node.value if isinstance(node, yaml.ScalarNode) else ""
    kind = item["type"]
    if kind == "extra_forbidden":
        above = names[-2] if len(names) > 1 else None
        return f"la clave «{name}» no existe aquí; {_instead(name, known_keys(above))}"
    if kind == "missing":
        return f"falta la clave «{name}»"
    if kind == "literal_error":
        valid = [part.strip("'") for part in item["ctx"]["expected"].replace(" or ", ", ").split(", ")]
        return f"{name}: «{given}» no vale; {_instead(given, valid)}"
    if kind in _REMEDIES:
        return f"{name}: {_REMEDIES[kind].format(input=given)}"
    return str(item["msg"]).rstrip(".")


def _instead(given: str, valid: Sequence[str]) -> str:
    near = difflib.get_close_matches(given, valid, n=1)
    return f"¿quiso decir «{near[0]}»?" if near else f"escriba una de: {', '.join(valid)}"


def find_node(node: yaml.Node, loc: Loc) -> tuple[yaml.Node, int]:
    """(the deepest part of a path that the file has, the 1-based line where it begins)."""
    line = node.start_mark.line + 1
    for part in loc:
        if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
            continue
        pairs = node.value if isinstance(node, yaml.MappingNode) else []
        found = next(((key, value) for key, value in pairs if key.value == part), None)
        if found is None:
            break
        line, node = found[0].start_mark.line + 1, found[1]
    return node, line


def repeated_keys(node: yaml.Node) -> Iterator[tuple[int, str]]:
    """(line, key) of each key that a mapping has twice; the loader would keep the last in silence."""
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield key.start_mark.line + 1, key.value
            seen.add(key.value)
            yield from repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from repeated_keys(value)
