"""What the readers of Word files share: names of elements (WordprocessingML, ECMA-376 part 1), values, wrappers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
OFF = frozenset({"0", "false", "off", "none"})

#: What stands in the place of its content, and what holds nothing to be read: removed text, field codes, the older
#: twin of a drawing.
WRAPPERS = frozenset(
    f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "fldSimple")
) | {f"{MC}AlternateContent", f"{MC}Choice"}
UNREAD = frozenset(f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr")) | {
    f"{MC}Fallback"
}


def children(element: Any, name: str) -> Iterator[Any]:
    """Children of a kind, those inside content controls too."""
    for child in element.iterchildren():
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in WRAPPERS:
            yield from children(child, name)


def property_of(paragraph: Any, name: str) -> Any:
    """A property of a paragraph; None when it is absent or switched off."""
    properties = paragraph.find(f"{W}pPr")
    found = None if properties is None else properties.find(f"{W}{name}")
    return None if found is None or (value_of(found) or "1").lower() in OFF else found


def value_of(element: Any) -> str | None:
    value: str | None = None if element is None else element.get(f"{W}val")
    return value
