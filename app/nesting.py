"""A ballot paper as one of several in a form: the names of its fields say to which question they belong.

It works on papers drawn by our own macros: attributes stand in double quotes, and nobody's words hold any.
"""

import re

from markupsafe import Markup

_CONTROL = re.compile(r"<(?:input|textarea|select)\b[^>]*>")
_ATTRIBUTE = re.compile(r'\sname="([^"\[:]+)([^":]*)(:[a-z]+)?"|"[^"]*"|\srequired(?=[\s>])')


def nested(paper: Markup, question: str, *, required: bool) -> Markup:
    """`choices[]` becomes `answers[q1][choices][]`; what is left empty there is not answered.

    Whether a question must be answered is its survey's to say, so a field must only where the question must.
    """

    def attribute(match: re.Match[str]) -> str:
        if match[1]:
            return f' name="answers[{question}][{match[1]}]{match[2]}{match[3] or ":opt"}"'
        return match[0] if required or match[0].startswith('"') else ""

    return Markup(_CONTROL.sub(lambda control: _ATTRIBUTE.sub(attribute, control[0]), paper))  # noqa: S704  # as it was
