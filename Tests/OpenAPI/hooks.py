"""Hooks of schemathesis: bodies that it cannot write by itself, and ids that mean something in the farm under test.

BF_REAL names a JSON object: the values of path parameters that are there, by the parameter's name.
"""
import json
import os
import random

import schemathesis

with open(os.environ["BF_REAL"], encoding="utf-8") as file:
    real = json.load(file)
chance = random.Random(5)


@schemathesis.serializer("application/x-ndjson")
def lines(context, value):
    """One line for a text, or one for each element of a list."""
    if isinstance(value, bytes):
        return value
    if isinstance(value, str):
        return value.encode("utf-8", "surrogatepass")
    return b"\n".join(json.dumps(part).encode() for part in (value if isinstance(value, list) else [value]))


@schemathesis.hook
def before_call(context, case, kwargs):
    """Two times in three an operation is asked about something that is there; a log is never followed, as that may not end."""
    for name in case.path_parameters or {}:
        if name in real and chance.random() < 0.66:
            case.path_parameters[name] = chance.choice(real[name])
    if case.query:
        case.query.pop("follow", None)
