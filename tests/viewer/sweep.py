"""What must hold of the description of any filing; the tests ask it of some, and

    python tests/viewer/sweep.py FOLDER [NAME…] --taxonomies PATH…

of every filing in a folder (or of every entry of its `WORLD.tsv`), a line for each problem.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import jsonschema

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import recto
from recto.records import pages_by_fact
from recto.viewer import Description
from recto.viewer.model import PARTS, schema

_VAGUE = ("No role presents", "no place of its concept", "was not laid out", "another fact has its cell")
"""Reasons that `explain` gives where it found none."""


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    """Of the kind of part that `name` is of, as `PARTS` names it."""
    document = schema()
    return jsonschema.Draft202012Validator({**document, "$ref": document["parts"][name]})


def kind(name: str) -> str:
    """The key of `PARTS` that a part's name falls under."""
    words = name.split("/")
    if name in PARTS:
        return name
    return next(
        each
        for each in PARTS
        if each != "explain/facts"
        and each.split("/")[0] == words[0]
        and len(each.split("/")) == len(words)
        and all(
            (own in ("outline", "source")) <= (own == other) for own, other in zip(each.split("/"), words, strict=True)
        )
        and (words[-1] in ("outline", "source")) == (each.split("/")[-1] == words[-1])
    )


def schema_problems(description: Description, most_pages: int = 1000) -> Iterator[str]:
    """Parts that do not fit the schema."""
    seen: Counter[str] = Counter()
    for name in description.names():
        key = kind(name)
        seen[key] += 1
        if seen[key] > most_pages:
            continue
        value = json.loads(description.encode(name))
        for error in validator(key).iter_errors(value):
            yield f"{name} does not fit the schema: {error.json_path} {error.message[:200]}"
            break


def place_problems(description: Description) -> Iterator[str]:
    """Facts with text in a document that are not found in it, and marks in it that no fact has."""
    placed: set[int] = set()
    for number in range(len(description.documents.names)):
        document = description.documents.document(number)
        marked = [
            {int(each) for each in re.findall(r'data-f="(\d+)"', piece)}
            for piece in map(document.piece, range(len(document.contents)))
        ]
        wrapped = {int(each) for each in re.findall(r'"data-f": ?"(\d+)"', json.dumps(document.outline.body))}
        for fact, pieces in document.outline.facts.items():
            if fact not in wrapped and not any(fact in marked[piece] for piece in pieces):
                yield f"fact {fact} is not in the pieces {pieces} of document {number}"
        if set().union(*marked, wrapped) != set(document.outline.facts):
            yield f"document {number} marks other facts than its outline names"
        placed.update(document.outline.facts)
    inline = {id(each): each.kind == "inline" for each in description.filing.instances}
    owners = [each for each in description.numbering.instances for _ in each.facts]
    for number, fact in enumerate(description.numbering.facts):
        if inline.get(id(owners[number])) and not fact.hidden and not fact.is_tuple and number not in placed:
            yield f"fact {number} {fact.id} of {fact.qname.local} has no place in its document"


def reason_problems(filing: recto.Filing, told: Counter[str] | None = None) -> Iterator[str]:
    """Facts that no page shows and that have no reason; counts reasons (their words, without names) in `told`."""
    explainer = filing.explainer
    shown = pages_by_fact(filing.reports)
    left = dict(explainer.left_out())
    for instance in filing.instances:
        for fact in instance.facts:
            if fact.is_tuple or fact in shown or fact in left:
                continue
            yield f"fact {fact.id} is on no page and has no reason"
    for fact in left:
        for each in explainer.fact(fact):
            if "\n" in each.text:
                yield f"fact {fact.id}: a reason of several lines"
            if any(vague in each.text for vague in _VAGUE):
                yield f"fact {fact.id} of {fact.qname.local}: {each.line}"
            if not each.clause:
                yield f"fact {fact.id} of {fact.qname.local}: no clause: {each.line}"
            if told is not None:
                told[re.sub(r"[\w:.-]*\d[\w:.-]*|'.*'", "#", each.line)[:110]] += 1


def entries(folder: Path) -> Iterator[tuple[str, Path]]:
    table = folder / "WORLD.tsv"
    if table.exists():
        for line in table.read_text("utf-8").splitlines()[1:]:
            name, entry = line.split("\t")[:2]
            path = folder / name / entry
            yield name, path if path.exists() else folder / name  # of a document set, the folder is the entry
    else:
        for path in sorted(folder.iterdir()):
            if path.is_dir():
                yield path.name, path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--taxonomies", action="append", type=Path, default=[])
    parser.add_argument("--checks", default="reasons,places,schema")
    given = parser.parse_args()
    told: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for name, path in entries(given.folder):
        if given.names and name not in given.names:
            continue
        start = time.process_time()
        problems: list[str] = []
        facts = 0
        try:
            with recto.open(path, taxonomies=given.taxonomies, offline=True) as filing:
                before = Counter(told)
                if "reasons" in given.checks:
                    problems += reason_problems(filing, told)
                for key in told - before:
                    examples.setdefault(key, name)
                description = Description(filing, validate=False)
                facts = description.head().facts
                if "places" in given.checks:
                    problems += place_problems(description)
                if "schema" in given.checks:
                    problems += schema_problems(description)
        except recto.RectoError as error:
            problems.append(f"{type(error).__name__}: {error}")
        except Exception as error:
            import traceback

            problems.append("CRASH " + traceback.format_exc()[-600:] + str(error))
        print(f"{name}: {facts} facts, {len(problems)} problems, {time.process_time() - start:.1f} s", flush=True)
        for text, count in Counter(re.sub(r"\bfact \S+", "fact #", each) for each in problems).most_common(12):
            print(f"    {count} × {text}")
    for key, count in told.most_common():
        print(f"{count:8} {key}   [{examples[key]}]")


if __name__ == "__main__":
    main()
