"""A filled form as a tree that expressions walk; also lists of choices and other data of a form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from marsad.questionnaires.checking.form import Field


class Element:
    """One element: of what was sent, or of a list that the form brings along."""

    __slots__ = (
        "_by_value",
        "_relevant",
        "attributes",
        "children",
        "field",
        "index",
        "name",
        "parent",
        "text",
    )

    def __init__(
        self,
        name: str,
        *,
        field: Field | None = None,
        parent: Element | None = None,
        text: str = "",
    ) -> None:
        self.name = name
        self.field = field
        self.parent = parent
        self.text = text
        #: By name, in order.
        self.children: dict[str, list[Element]] = {}
        self.attributes: dict[str, str] = {}
        #: Which of the repeated it is, from 1.
        self.index = 1
        #: Whether it is asked; None until that is known.
        self._relevant: bool | None = None
        self._by_value: dict[tuple[str, str], dict[str, list[Element]]] | None = None

    def add(self, child: Element) -> Element:
        """Put a child last."""
        same = self.children.setdefault(child.name, [])
        same.append(child)
        child.index = len(same)
        child.parent = self
        return child

    def every_child(self) -> Iterator[Element]:
        for same in self.children.values():
            yield from same

    def by_value(self, name: str, child: str) -> dict[str, list[Element]]:
        """Its children of a name, by the text of a child of theirs: made once, for lists."""
        if self._by_value is None:
            self._by_value = {}
        found = self._by_value.get((name, child))
        if found is None:
            found = self._by_value[(name, child)] = {}
            for item in self.children.get(name, ()):
                for cell in item.children.get(child, ()):
                    found.setdefault(cell.text, []).append(item)
        return found

    def descendants(self) -> Iterator[Element]:
        """Itself and everything below it."""
        yield self
        for child in self.every_child():
            yield from child.descendants()

    def chain(self) -> list[Element]:
        """From the root down to itself."""
        found: list[Element] = [self]
        while found[-1].parent is not None:
            found.append(found[-1].parent)
        return found[::-1]

    def position(self) -> tuple[int, ...]:
        """Which of each repeat it stands in, outermost first."""
        return tuple(
            each.index for each in self.chain() if each.field is not None and each.field.is_repeat
        )
