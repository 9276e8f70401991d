"""Frozen records to compressed JSON and back, exactly, by their type annotations.

The store keeps each extraction in this form, so that new rules run on a stored reading without the PDF.
A record is written as the list of its fields; the header names the fields of each class, so that a reading
stored before a class gained a field with a default can still be read. Nothing is ever unpickled.

`FORMAT` counts what a reading holds (2: the citations of claims); a document whose stored reading has less is read anew
by the next `extract`.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Encode: TypeAlias = Callable[[object], "Json"]
Decode: TypeAlias = Callable[["Json"], object]
T = TypeVar("T")

FORMAT = 2
_PLAIN = (str, int, bool, type(None))


class CodecError(ValueError):
    """A stored record cannot be rebuilt by this version."""


def dumps(record: DataclassInstance) -> bytes:
    """Return the record as compressed JSON.

    Raises `TypeError` for a field of a type that the records do not use (a list, a dict, a foreign class).
    """
    encoder = _Encoder()
    value = encoder.of(type(record))(record)
    document = {"format": FORMAT, "classes": encoder.classes, "value": value}
    text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
    # Lone surrogates pass as they are; as escapes, two in a row would come back as one letter.
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def loads(cls: type[T], content: bytes, subclasses: Iterable[type] = ()) -> T:
    """Return the record of class `cls` that `dumps` wrote.

    `subclasses` are those that may stand where a class without fields of its own is declared. Raises
    `CodecError` where the content is damaged or needs a class or field that is not there.
    """
    try:
        document = json.loads(zlib.decompress(content).decode("utf-8", "surrogatepass"))
        classes: dict[str, list[str]] = document["classes"]
        decoder = _Decoder(classes, {sub.__name__: sub for sub in subclasses})
        return cast(T, decoder.of(cls)(document["value"]))
    except CodecError:
        raise
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise CodecError(f"is damaged ({error})") from error


@dataclass(frozen=True, slots=True)
class _Shape:
    """What an annotation says: a plain value, a number, an enumeration, a tuple, an option or a record."""

    kind: str
    cls: type = object
    items: tuple[object, ...] = ()


def _shape(annotation: object) -> _Shape:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        others = tuple(item for item in arguments if item is not type(None))
        if len(others) == 1:
            return _Shape("option", items=others)
        if all(item in (*_PLAIN, float) for item in others):
            return _Shape("plain")
    elif origin is tuple:
        repeated = len(arguments) == 2 and arguments[1] is Ellipsis
        return _Shape("tuple" if repeated else "fixed", items=arguments[:1] if repeated else arguments)
    elif isinstance(annotation, type):
        if annotation in _PLAIN:
            return _Shape("plain")
        if annotation is float:
            return _Shape("float")
        if issubclass(annotation, Enum):
            return _Shape("enum", annotation)
        if is_dataclass(annotation):
            return _Shape("record" if fields(annotation) else "base", annotation)
    raise TypeError(f"records hold no {annotation!r}")


def _fields(cls: type) -> tuple[Field[object], ...]:
    return fields(cast("type[DataclassInstance]", cls))


class _Encoder:
    """Writers of values, one a type, made when first met; `classes` collects the fields written."""

    def __init__(self) -> None:
        self.classes: dict[str, Json] = {}
        self._made: dict[object, Encode] = {}

    def of(self, annotation: object) -> Encode:
        if annotation not in self._made:
            self._made[annotation] = self._make(_shape(annotation))
        return self._made[annotation]

    def _make(self, shape: _Shape) -> Encode:
        if shape.kind in ("plain", "float"):
            return lambda value: cast("Json", value)
        if shape.kind == "enum":
            return lambda value: cast("Json", cast(Enum, value).value)
        if shape.kind == "base":
            return lambda value: [type(value).__name__, self.of_subclass(type(value))(value)]
        if shape.kind == "record":
            return self._record(shape.cls)
        parts = tuple(self.of(item) for item in shape.items)
        if shape.kind == "option":
            return lambda value: None if value is None else parts[0](value)
        if shape.kind == "tuple":
            return lambda value: [parts[0](item) for item in cast("tuple[object, ...]", value)]
        return lambda value: [part(item) for part, item in zip(parts, cast("tuple[object, ...]", value), strict=True)]

    def of_subclass(self, cls: type) -> Encode:
        """Return the writer of a class that stands for its base; one without fields is written empty."""
        return self.of(cls) if _fields(cls) else lambda _: []

    def _record(self, cls: type) -> Encode:
        hints = get_type_hints(cls)
        names = tuple(field.name for field in _fields(cls))
        self.classes[cls.__name__] = list(names)
        parts = tuple((name, self.of(hints[name])) for name in names)
        return lambda value: [part(getattr(value, name)) for name, part in parts]


class _Decoder:
    """Readers of values, one a type, made when first met, for the fields that the header names."""

    def __init__(self, classes: Mapping[str, list[str]], subclasses: Mapping[str, type]) -> None:
        self._classes = classes
        self._subclasses = subclasses
        self._made: dict[object, Decode] = {}

    def of(self, annotation: object) -> Decode:
        if annotation not in self._made:
            self._made[annotation] = self._make(_shape(annotation))
        return self._made[annotation]

    def _make(self, shape: _Shape) -> Decode:
        if shape.kind == "plain":
            return lambda value: value
        if shape.kind == "float":
            return lambda value: float(cast(float, value))
        if shape.kind == "enum":
            return lambda value: shape.cls(value)
        if shape.kind == "base":
            return self._subclass
        if shape.kind == "record":
            return self._record(shape.cls)
        parts = tuple(self.of(item) for item in shape.items)
        if shape.kind == "option":
            return lambda value: None if value is None else parts[0](value)
        if shape.kind == "tuple":
            return lambda value: tuple(parts[0](item) for item in cast("list[Json]", value))
        return lambda value: tuple(part(item) for part, item in zip(parts, cast("list[Json]", value), strict=True))

    def _subclass(self, value: Json) -> object:
        name, content = cast("list[Json]", value)
        cls = self._subclasses.get(str(name))
        if cls is None:
            raise CodecError(f"holds a record {name!r} that this version does not know")
        return self.of(cls)(content) if _fields(cls) else cls()

    def _record(self, cls: type) -> Decode:
        if cls.__name__ not in self._classes:
            # No record of the class was met when it was written, so none will be met now.
            return lambda _: None
        hints = get_type_hints(cls)
        there = {field.name: field for field in _fields(cls)}
        names = self._classes[cls.__name__]
        for name, field in there.items():
            if name not in names and field.default is MISSING and field.default_factory is MISSING:
                raise CodecError(f"lacks the field {name!r} of {cls.__name__}")
        parts = tuple((index, name, self.of(hints[name])) for index, name in enumerate(names) if name in there)

        def decode(value: Json) -> object:
            values = cast("list[Json]", value)
            return cls(**{name: part(values[index]) for index, name, part in parts})

        return decode
