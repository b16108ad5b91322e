import json
import re

from app import api
from facilitation.forms import FORMS
from facilitation.kinds import KINDS


def test_every_command_of_every_kind_and_the_ballot_of_every_form_is_described() -> None:
    described = api.document()["components"]["schemas"]

    assert {f"{kind.name}.{command}" for kind in KINDS.values() for command in kind.commands} <= described.keys()
    assert {f"ballot.{form}" for form in FORMS} <= described.keys()


def test_whatever_the_document_refers_to_stands_in_it() -> None:
    document = api.document()
    meant = re.findall(r'"\$ref": "#/components/schemas/([^"]+)"', json.dumps(document))

    assert set(meant) <= document["components"]["schemas"].keys()
    assert '"#/$defs' not in json.dumps(document)
