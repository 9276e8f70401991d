"""Named things found by discovery: one file a thing, one decorator a name."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Generic, TypeVar

T = TypeVar("T")


class UnknownNameError(LookupError):
    """No item of that name is registered."""


class DuplicateNameError(ValueError):
    """Two items were registered under one name."""


class Registry(Generic[T]):
    """The items of one kind that the modules of a package register.

    >>> rules: Registry[Rule] = Registry("rule", package="curate.rules.checks")
    >>> @rules.register("unit-mismatch")
    ... def unit_mismatch(...): ...

    The modules of the package and of its folders are imported once, when an item is first asked for.
    """

    def __init__(self, noun: str, *, package: str) -> None:
        self._noun = noun
        self._package = package
        self._items: dict[str, T] = {}
        self._discovered = False

    def register(self, name: str) -> Callable[[T], T]:
        """Return a decorator that registers its argument as `name`.

        Raises `DuplicateNameError` where the name is taken.
        """

        def decorate(item: T) -> T:
            if name in self._items:
                raise DuplicateNameError(f"two {self._noun}s are named {name!r}")
            self._items[name] = item
            return item

        return decorate

    def __getitem__(self, name: str) -> T:
        """Return the item of that name, or raise `UnknownNameError` with the names there are."""
        self._discover()
        try:
            return self._items[name]
        except KeyError:
            names = ", ".join(sorted(self._items))
            raise UnknownNameError(f"no {self._noun} is named {name!r}; there are: {names}") from None

    def __iter__(self) -> Iterator[str]:
        """Yield the names in alphabetical order."""
        self._discover()
        return iter(sorted(self._items))

    def items(self) -> Iterator[tuple[str, T]]:
        """Yield name and item in alphabetical order of the names."""
        for name in self:
            yield name, self._items[name]

    def _discover(self) -> None:
        if self._discovered:
            return
        package: ModuleType = importlib.import_module(self._package)
        for module in pkgutil.walk_packages(package.__path__, f"{self._package}."):
            importlib.import_module(module.name)
        self._discovered = True
