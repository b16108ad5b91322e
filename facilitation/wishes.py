"""What somebody wishes: the class that a command has here, and what is wrong with what it says."""

import json

from pydantic import ValidationError

from facilitation import moderation, roster, steering
from facilitation.activity import Activity
from facilitation.kinds import KINDS
from facilitation.record import Command, Envelope, Refused
from facilitation.texts import INVISIBLE

COMMON = steering.COMMANDS | moderation.COMMANDS  # of activities whatever their kind


def model(envelope: Envelope, activity: Activity | None) -> type[Command] | None:
    """The class of a command; for an unknown activity the class that any kind has under this name."""
    if envelope.activity == "roster":
        return roster.COMMANDS.get(envelope.command)
    if envelope.command in COMMON:
        return COMMON[envelope.command]
    kinds = [activity.kind] if activity else KINDS.values()
    return next((kind.commands[envelope.command] for kind in kinds if envelope.command in kind.commands), None)


def parsed(wished: type[Command] | None, envelope: Envelope) -> tuple[Command | None, Refused | None]:
    """The command and what is wrong with it, which is raised only after what comes before it in the order.

    Where nothing is wrong but a text that nobody can see, it is still known what is wished for.
    """
    if wished is None:
        return None, None
    try:
        return wished.model_validate_json(json.dumps(envelope.data)), None
    except ValidationError as errors:
        unseen = all(error["type"] == INVISIBLE for error in errors.errors(include_input=False, include_url=False))
        command = wished.model_construct(**envelope.data) if unseen else None
        return command, Refused("command.invalid", why="malformed")
