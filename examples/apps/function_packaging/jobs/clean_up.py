"""Throws away what nobody needs any more."""

from rules import is_old


def handler(event, context):
    return [name for name in event.get("names", []) if is_old(name)]
