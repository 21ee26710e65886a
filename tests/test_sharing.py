"""One answer, whoever asks and in whatever order: filings shared by threads, and questions in any order."""

from __future__ import annotations

import itertools
import random
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

import recto
from recto.names import ARC_DIMENSION_DEFAULT, ARC_PARENT_CHILD
from recto.viewer.describe import Description

Question = Callable[[recto.Filing], Any]


def _first(filing: recto.Filing) -> Any:
    return next(fact.concept for fact in filing.facts if fact.concept is not None)


def _networks(filing: recto.Filing) -> Any:
    taxonomy = filing.taxonomy
    return [
        (arcrole, role, [(each.source.name, each.target.name, each.order) for each in network.relationships])
        for arcrole in taxonomy.arcroles()
        for role in taxonomy.roles(arcrole)
        for network in (taxonomy.network(arcrole, role),)
    ]


def _walked(filing: recto.Filing) -> Any:
    taxonomy, found = filing.taxonomy, []
    for role in taxonomy.roles(ARC_PARENT_CHILD):
        network = taxonomy.network(ARC_PARENT_CHILD, role)
        for root in network.roots:
            found += [
                (root.name, each.target.name, len(network.parents(each.target))) for each in network.children(root)
            ]
    return found


QUESTIONS: dict[str, Question] = {
    "name": lambda filing: filing.name,
    "instances": lambda filing: [(each.kind, each.target, len(each.facts)) for each in filing.instances],
    "facts": lambda filing: [(fact.id, fact.value, fact.line, fact.valid) for fact in filing.facts],
    "contexts": lambda filing: [sorted(each.contexts) for each in filing.instances],
    "findings": lambda filing: [str(each) for each in filing.findings],
    "validate": lambda filing: sorted(map(str, filing.validate())),
    "some rules": lambda filing: sorted(map(str, filing.validate(["dimensions", "calc11"]))),
    "reports": lambda filing: [(each.stem, each.title, len(each.rows)) for each in filing.reports],
    "pages' findings": lambda filing: [str(each) for each in filing.rendered.findings],
    "page": lambda filing: [[cell.text for cell in row.cells] for row in filing.report(1).rows],
    "coverage": lambda filing: filing.coverage(),
    "explained": lambda filing: [str(each) for each in filing.reports[0].explain()],
    "to_arrow": lambda filing: filing.to_arrow().to_arrow().to_pylist(),
    "to_arrow with pages": lambda filing: filing.to_arrow(pages=True).to_arrow().to_pylist(),
    "facts_reader": lambda filing: filing.facts_reader().read_all().to_pylist(),
    **{
        f"table {name}": lambda filing, name=name: filing.table(name).to_arrow().to_pylist()
        for name in ("facts", "concepts", "labels", "relationships", "reports", "cells")
    },
    "notebook": lambda filing: filing._repr_html_(),
    "documents": lambda filing: list(filing.taxonomy.documents),
    "concepts": lambda filing: [(each.name, each.kind, each.period_type) for each in filing.taxonomy.concepts()],
    "types": lambda filing: [each.type and each.type.qname.clark for each in filing.taxonomy.concepts()],
    "one concept": lambda filing: filing.taxonomy.concept(_first(filing).qname) is _first(filing),
    "networks": _networks,
    "trees": _walked,
    "roles": lambda filing: [filing.taxonomy.role_definition(role) for role in filing.taxonomy.roles(ARC_PARENT_CHILD)],
    "defaults": lambda filing: [
        str(filing.taxonomy.default_member(each.source))
        for role in filing.taxonomy.roles(ARC_DIMENSION_DEFAULT)
        for each in filing.taxonomy.network(ARC_DIMENSION_DEFAULT, role).relationships
    ],
    "labels": lambda filing: [each.text for each in filing.taxonomy.labels(_first(filing))],
    "documentation": lambda filing: [each.text for each in filing.documentation.labels(_first(filing))],
    "references": lambda filing: len(filing.documentation.references(_first(filing))),
    "taxonomy's findings": lambda filing: [str(each) for each in filing.taxonomy.findings],
    "discovered": lambda filing: [str(each) for each in filing.taxonomy.discovered],
    "prefixes": lambda filing: dict(filing.taxonomy.prefixes()),
}


def _described(filing: recto.Filing) -> Any:
    description = Description(filing)
    parts = "filing pages/R1 facts/0 contexts concepts/0 calculations findings explain/R1 explain/facts".split()
    return [msgspec.json.encode(description.part(name)) for name in parts]


def _or_code(ask: Question) -> Question:
    """The question, answered with the code where the filing has nothing of the kind."""

    def asked(filing: recto.Filing) -> Any:
        try:
            return ask(filing)
        except recto.RectoError as error:
            return error.code

    return asked


ABOVE: dict[str, Question] = {
    "pages explained": lambda filing: [str(each) for page in filing.reports for each in page.explain()],
    "facts explained": lambda filing: [str(filing.explainer.fact(fact)) for fact in filing.facts[:5]],
    "left out": lambda filing: [(fact.id, str(why)) for fact, why in filing.explainer.left_out()],
    "assertions": lambda filing: list(map(str, filing.assertions())),
    "formulas": lambda filing: list(map(str, filing.formula_outcomes().findings)),
    "tables": lambda filing: list(map(str, filing.tables)),
    "tables' outcomes": lambda filing: list(map(str, filing.table_outcomes().findings)),
    "statements": lambda filing: {kind: [each.stem for each in found] for kind, found in filing.statements.items()},
    "a statement": _or_code(lambda filing: filing.statement("income").stem),
    "notes": lambda filing: [each.stem for each in filing.notes],
    "calculations": _or_code(lambda filing: [str(filing.calculation(each.stem)) for each in filing.reports[:2]]),
    "presentation": _or_code(lambda filing: [str(filing.presentation(each.stem)) for each in filing.reports[:2]]),
    "dimensions": lambda filing: list(map(str, filing.dimensions)),
    "concepts as trees": lambda filing: list(map(str, filing.concepts)),
    "facts chosen": lambda filing: [fact.id for fact in filing.facts.where(dimensions=False)],
    "frames": lambda filing: filing.to_pandas().to_csv(),
    "axes and fiscal periods": lambda filing: filing.to_arrow(axes=True, fiscal=True).to_arrow().to_pylist(),
    "pages of facts": lambda filing: [filing.pages_of(fact) for fact in filing.facts],
    "pages by words": lambda filing: [each.stem for each in filing.find_pages("cover")],
    "panels": lambda filing: [len(each.panels) for each in filing.reports],
    "page in a notebook": lambda filing: filing.reports[0]._repr_html_(),
    "regime": lambda filing: (filing.regime.name, filing.languages, filing.missing_documents),
    "viewer": _described,
    "compared": lambda filing: list(map(str, recto.compare(filing, filing).changes)),
    "validate again": lambda filing: sorted(map(str, filing.validate())),
}
"""What stands on a filing: reasons, formulas, tables, trees, frames, the viewer's description."""


def open_(data: Path) -> recto.Filing:
    return recto.open(data / "inline", taxonomies=[data / "mirror"], offline=True)


@pytest.fixture(scope="module")
def answers(data: Path) -> dict[str, Any]:
    """The answer to each question from a filing of its own."""
    return {name: ask(open_(data)) for name, ask in (QUESTIONS | ABOVE).items()}


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads change over as often as can be."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize("seed", range(6))
def test_questions_in_any_order(seed: int, data: Path, answers: dict[str, Any]) -> None:
    questions = QUESTIONS | ABOVE
    names = [*questions, *questions]
    random.Random(seed).shuffle(names)
    with open_(data) as filing:
        for number, name in enumerate(names):
            assert questions[name](filing) == answers[name], (name, "after", names[:number])


@pytest.mark.parametrize("questions", [QUESTIONS, ABOVE], ids=["filing", "above"])
def test_every_pair_of_questions_by_eight_threads(
    questions: dict[str, Question], data: Path, answers: dict[str, Any], hasty: None
) -> None:
    """Two questions, asked of one new filing by four threads each at the same moment."""
    wrong: list[tuple[str, object]] = []

    def ask(name: str, filing: recto.Filing, gate: threading.Barrier) -> None:
        gate.wait()
        try:
            answer = questions[name](filing)
        except Exception as error:
            wrong.append((name, error))
        else:
            if answer != answers[name]:
                wrong.append((name, answer))

    for pair in itertools.combinations(questions, 2):
        gate = threading.Barrier(8)
        filing = open_(data)
        workers = [threading.Thread(target=ask, args=(name, filing, gate)) for name in pair * 4]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert not wrong, pair


def test_threads_over_different_filings_share_the_process(data: Path, answers: dict[str, Any], hasty: None) -> None:
    """What a process shares (compiled documents, names, patterns) serves many filings at once."""
    wrong: list[str] = []

    def work(seed: int) -> None:
        names = random.Random(seed).sample(list(QUESTIONS), 12)
        with open_(data) as filing:
            wrong.extend(name for name in names if QUESTIONS[name](filing) != answers[name])

    workers = [threading.Thread(target=work, args=(seed,)) for seed in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert not wrong
