"""A page as it is read to whoever does not see it: a tree of elements, their names and words, and what is only seen."""

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

VOID = {"br", "hr", "img", "input", "link", "meta", "circle", "path", "rect"}
FIELDS = {"input", "select", "textarea"}
CONTROLS = {*FIELDS, "button", "summary", "a"}


class Node:
    """One element; `text` of a childless one is what stands in it."""

    def __init__(self, tag: str, attributes: dict[str, str], parent: "Node | None") -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    def __iter__(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            if isinstance(child, Node):
                yield from child

    def above(self) -> Iterator["Node"]:
        """The element itself, and those around it."""
        node: Node | None = self
        while node is not None:
            yield node
            node = node.parent

    def within(self, *tags: str) -> "Node | None":
        return next((node for node in self.above() if node.tag in tags), None)

    @property
    def gone(self) -> bool:
        """Whether nobody gets it before a script shows it."""
        return any("hidden" in node for node in self.above())

    @property
    def unread(self) -> bool:
        return self.tag == "svg" or "hidden" in self or self["aria-hidden"] == "true"

    @property
    def markup(self) -> str:
        said = "".join(f' {name}="{value}"' for name, value in self.attributes.items())
        return f"<{self.tag}{said}>" + "".join(it if isinstance(it, str) else it.markup for it in self.children)

    @property
    def words(self) -> str:
        """What is read: of pictures and controls with a name that, of all else its name and what stands in it."""
        name = self["aria-label"] or self["alt"]
        if self.unread and self["role"] != "img":
            return ""
        if name and (self.tag in CONTROLS or self.tag == "img" or self["role"] == "img"):
            return name
        within = (it.strip() if isinstance(it, str) else it.words for it in self.children)
        return " ".join(filter(None, (name, *within)))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = self.at = Node("", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs}, self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.children.append(Node(tag, {name: value or "" for name, value in attrs}, self.at))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert tag == self.at.tag, f"</{tag}> ends {self.at.markup}"
            self.at = self.at.parent or self.root

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def tree(html: str) -> Node:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.root


class Page(NamedTuple):
    """What somebody can do on a page without a script, and what is wrong with it."""

    actions: set[str]  # the commands that its forms send
    wrong: set[str]


def read(html: str) -> Page:
    """Judge every form and every control of a page."""
    root = tree(html)
    nodes = list(root)
    ids = {node["id"]: node for node in nodes if "id" in node}
    forms = [node for node in nodes if node.tag == "form"]
    wrong = [f"no name: {node.markup}" for node in nodes if _asked(node) and not _name(node, nodes, ids)]
    wrong += [f"sends nothing: {form.markup}" for form in forms if not _sendable(form)]
    for node in nodes:
        if node.tag in FIELDS and node["name"] and node.within("form") is None and "form" not in node:
            wrong.append(f"in no form: {node.markup}")
        if node.tag == "button" and not node.gone and (node["type"] != "submit" or node.within("form") is None):
            wrong.append(f"only a script answers: {node.markup}")
    return Page({form["action"].partition("?")[0] for form in forms if _sendable(form)}, set(wrong))


def _asked(node: Node) -> bool:
    shown = node["type"] != "hidden" and not node.gone
    return shown and node.tag in CONTROLS and (node.tag != "a" or "href" in node)


def _name(node: Node, nodes: list[Node], ids: dict[str, Node]) -> str:
    if "aria-labelledby" in node:
        return " ".join(ids[id].words for id in node["aria-labelledby"].split() if id in ids).strip()
    if node.tag not in FIELDS or node["aria-label"]:
        return node.words
    labels = [it for it in nodes if it.tag == "label" and node["id"] and it["for"] == node["id"]]
    around = node.within("label")
    return " ".join(it.words for it in [*labels, *([around] if around else [])]).strip()


def _sendable(form: Node) -> bool:
    buttons = [it for it in form if it.tag == "button" and it["type"] == "submit" and not it.gone]
    return form["method"] == "post" and bool(form["action"]) and any("disabled" not in it for it in buttons)


def drawing(root: Node) -> tuple[str, ...]:
    """Everything that is drawn in a part and read to nobody."""
    return tuple(
        node.markup for node in root if node.tag == "svg" and not any("data-ends" in it for it in node.above())
    )


def untold(root: Node) -> list[str]:
    """The charts of a result that nobody is told.

    Of several marks the figures stand in a table, of a single bar in its row; a sign stands beside a word, and ticks
    alone are no chart.
    """
    table = any(_figured(node) for node in root if node.tag == "table")
    wrong = []
    for svg in (node for node in root if node.tag == "svg"):
        marks = [node for node in svg if node is not svg and "ln" not in node["class"].split()]
        row = svg.within("li", "tr")
        if "__sign" in svg["class"]:
            told = bool(svg.parent and svg.parent.words)
        else:
            told = table if len(marks) > 1 else not marks or (row is not None and _figured(row))
        wrong += [] if told else [svg.markup]
    return wrong


def _figured(node: Node) -> bool:
    return any(char.isdecimal() for char in node.words)
