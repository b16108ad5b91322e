"""What can be set of an activity before anything happens in it, read off the settings of its kind.

No kind has a page of its own for this: what a kind or the form of a poll has as a setting is offered.  Lists of things
with ids, such as the options of a poll, are lines with their titles.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import count
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from facilitation.kind import Kind
from facilitation.record import Data, Person, Refused

Said = Mapping[str, Sequence[str]]
Type = Literal["yes", "number", "choice", "several", "line", "text", "lines"]

OF_OPTIONS = {"abstain", "other", "passive", "correct", "reason_required"}  # these name options by their ids
SHARED = {"options", "items", "min", "max"}  # two rounds of a question have them in common
# What is set elsewhere, what needs more than words, and what the record is read by.
ELSEWHERE = {"form", "follows", "image", "groups", "mode", "signals", "statuses", "vote_values", "preload"}
OF_PEOPLE = {"functions": "function", "divisions": "division", "units": "unit"}  # these name what somebody is
NONE = ("", "keine")
LONG, LINE = 500, 300  # code points: from where on a text has several lines; of one line


class Settable(NamedTuple):
    """One setting.  `path` leads to it, `key` to its words, `values` are the ids of what can be chosen, with words.

    `switch`: there is more behind it, which is none where it is off.
    `item`: what a line becomes that is more than words.
    """

    path: tuple[str, ...]
    key: str
    type: Type
    value: Any
    values: tuple[tuple[str, str], ...] = ()
    least: float | None = None
    most: float | None = None
    empty: bool = False  # a number that may be left empty
    switch: bool = False
    item: Any = None

    @property
    def field(self) -> str:
        return ".".join(self.path)

    @property
    def said(self) -> list[str]:
        """What a form would say that leaves it as it is."""
        if self.type == "yes":
            return ["on"] if self.value else []
        return list(self.value) if self.type == "several" else [self._written]

    @property
    def _written(self) -> str:
        if self.type == "lines":
            return "\n".join(it if isinstance(it, str) else it[1] for it in self.value)
        if isinstance(self.value, float):
            return f"{self.value:.6f}".rstrip("0").rstrip(".")
        return "" if self.value is None else str(self.value)

    def read(self, said: Said) -> Any:
        """What a form says of it, for the kind to validate; Refused where a line is too long."""
        text = "".join(said.get(self.field, ())[-1:]).strip()
        match self.type:
            case "yes":
                return self.field in said
            case "number":
                return None if self.empty and not text else text.replace(",", ".", 1)
            case "several":
                return list(said.get(self.field, ()))
            case "lines":
                return self._items(tuple(dict.fromkeys(filter(None, map(str.strip, text.splitlines())))))
        return text

    def _items(self, lines: Sequence[str]) -> list[Any]:
        """Each line as what it was; one with other words in the place of one that is gone is that one, renamed."""
        if max(map(len, lines), default=0) > LINE:
            raise Refused("method.too_long", most=LINE)
        if self.item is None:
            return list(lines)
        before, label = {it[1]: it for it in self.value}, self.item._fields[1]
        new = (id for number in count(1) if (id := f"o{number}") not in {it[0] for it in self.value})
        if len(lines) == len(self.value):
            gone = zip(lines, self.value, strict=True)
            before |= {line: it for line, it in gone if line not in before and it[1] not in lines}
        return [before[it]._replace(**{label: it}) if it in before else self.item(next(new), it) for it in lines]


def settables(kind: Kind, config: BaseModel, *, alone: bool = True) -> list[Settable]:
    """What can be set, as it is set now, what is asked first; `alone`: no other round asks the same."""
    found = [it for it in _of(config, (), kind.name) if alone or it.path[-1] not in SHARED]
    return sorted(found, key=lambda it: it.path[0] != "settings")


def among(settings: Iterable[Settable], people: Collection[Person]) -> Iterator[Settable]:
    """The same where what people are is chosen from what somebody is."""
    for it in settings:
        if it.path[-1] not in OF_PEOPLE:
            yield it
        elif values := {getattr(person, OF_PEOPLE[it.path[-1]]) for person in people} - {""} | set(it.value):
            yield it._replace(type="several", values=tuple((value, value) for value in sorted(values)))


def applied(config: BaseModel, settings: Iterable[Settable], said: Said) -> Data:
    """The settings as a form wants them, for the kind to validate."""
    data = config.model_dump(mode="json")
    for it in settings:
        there: Any = reduce(lambda part, step: part and part[step], it.path[:-1], data)
        if there is not None:
            value, name = it.read(said), it.path[-1]
            there[name] = (there[name] or {} if value else None) if it.switch else value
    return data


def _of(config: BaseModel, path: tuple[str, ...], key: str) -> Iterator[Settable]:
    """The settings of a model, with those of the models in it."""
    for name, field in type(config).model_fields.items():
        value, here, words = getattr(config, name), (*path, name), f"{key}.{name}"
        hint, empty = _bare(field.annotation)
        if name in ELSEWHERE:
            continue
        if empty and _is_a(hint, BaseModel):
            yield Settable(here, words, "yes", value is not None, switch=True)
            yield from _of(value or hint(), here, words)
        elif isinstance(value, BaseModel):
            yield from _of(value, here, getattr(config, "form", words))
        elif found := _one(config, name, hint, field):
            yield found._replace(path=here, key=words, value=value, empty=empty)


def _one(config: BaseModel, name: str, hint: Any, field: FieldInfo) -> Settable | None:
    """How a setting is filled in, None where a form has no way."""
    one = Settable((), "", "line", None)
    if name in OF_OPTIONS:
        options = tuple((it.id, it.label) for it in getattr(config, "options", ()))
        of_one = one._replace(type="choice", values=(NONE, *options))
        return of_one if hint is str else one._replace(type="several", values=options)
    if get_origin(hint) is Literal:
        return one._replace(type="choice", values=tuple((value, "") for value in get_args(hint)))
    if get_origin(hint) is tuple:
        return _lines(one, *get_args(hint)[:1])
    least, most, length = (
        next((getattr(it, limit) for it in field.metadata if hasattr(it, limit)), None)
        for limit in ("ge", "le", "max_length")
    )
    if hint is str:
        return one._replace(type="text" if length and length > LONG else "line")
    if hint is bool:
        return one._replace(type="yes")
    return one._replace(type="number", least=least, most=most) if hint in (int, float) else None


def _lines(one: Settable, item: Any) -> Settable | None:
    """Words, choices, or things that have an id and words, and need nothing more."""
    if get_origin(item) is Annotated:
        item = get_args(item)[0]
    if get_origin(item) is Literal:
        return one._replace(type="several", values=tuple((value, "") for value in get_args(item)))
    if item is str:
        return one._replace(type="lines")
    needed = [field for field in getattr(item, "_fields", ()) if field not in item._field_defaults]
    return one._replace(type="lines", item=item) if needed[:1] == ["id"] and len(needed) == 2 else None


def _bare(hint: Any) -> tuple[Any, bool]:
    """A hint without None, and whether that was in it."""
    if get_origin(hint) is not UnionType:
        return hint, False
    return next(it for it in get_args(hint) if it is not NoneType), True


def _is_a(hint: Any, model: type) -> bool:
    return isinstance(hint, type) and issubclass(hint, model)
