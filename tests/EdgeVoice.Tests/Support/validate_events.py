"""Validates JSON lines against one root of the Realtime schema.

usage: validate_events.py SCHEMA.json RealtimeClientEvent|RealtimeServerEvent EVENTS.jsonl

Prints one line for each invalid event and exits 1 where there is any; 2 for wrong usage or an unreadable file.
"""
import json
import sys

from jsonschema import Draft202012Validator


def deepest(error):
    """The most telling error: within a union, that of the branch whose type fits and that got furthest."""
    while error.context:
        branches = {}
        for sub in error.context:
            branches.setdefault(sub.relative_schema_path[0], []).append(sub)

        def distance(errors):
            wrong_type = any(list(e.relative_path)[-1:] == ["type"] for e in errors)
            return (wrong_type, len(errors))

        best = min(branches.values(), key=distance)
        error = max(best, key=lambda e: len(e.absolute_path))
    return error


def main(arguments):
    if len(arguments) != 3 or arguments[1] not in ("RealtimeClientEvent", "RealtimeServerEvent"):
        print(__doc__.strip(), file=sys.stderr)
        return 2
    schema_path, root, events_path = arguments
    try:
        with open(schema_path, encoding="utf-8") as file:
            schema = json.load(file)
        with open(events_path, encoding="utf-8") as file:
            lines = file.read().split("\n")
    except (OSError, ValueError) as error:
        print(f"cannot read: {error}", file=sys.stderr)
        return 2
    validator = Draft202012Validator({"$defs": schema["$defs"], "$ref": f"#/$defs/{root}"})
    invalid = 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
        except ValueError as error:
            invalid += 1
            print(f"line {number}: not JSON: {error}")
            continue
        error = next(validator.iter_errors(event), None)
        if error is not None:
            invalid += 1
            error = deepest(error)
            kind = event.get("type") if isinstance(event, dict) else None
            print(f"line {number}: {kind}: {error.json_path}: {error.message[:300]}")
    return 1 if invalid else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
