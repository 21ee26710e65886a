"""Evaluating all assertions and formulas of a DTS in an instance."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from time import perf_counter
from typing import Any, Literal

from msgspec import Struct, field

from recto.errors import UsageError
from recto.findings import Finding, catalogue
from recto.formula.bind import Binder
from recto.formula.compiler import Run, resolve
from recto.formula.definitions import Definitions, definitions
from recto.formula.evaluation import Evaluation
from recto.formula.messages import Message, Messages, chosen
from recto.formula.names import COMPARED
from recto.formula.sets import Consistency, VariableSet
from recto.formula.severities import Severities
from recto.formula.subject import FactNode, Subject
from recto.instance.model import Fact, Instance
from recto.names import QName
from recto.xpath import Budget, XPathError
from recto.xpath.context import is_name
from recto.xpath.errors import MOST_SECONDS, MOST_STEPS
from recto.xpath.functions.registry import converter
from recto.xpath.values import QNameValue, Untyped, Value, boolean

Outcome = Literal["satisfied", "unsatisfied", "not evaluated", "failed"]
MOST_TOLD = 1_000
"""Unsatisfied evaluations of one assertion that are kept one by one; all are counted."""
_PATIENCE = 5
"""Budgets that are used up before the next ones become smaller: a hostile DTS may have thousands of assertions."""
_LEAST_STEPS = 50_000


class Unsatisfied(Struct, frozen=True, eq=False):
    """One evaluation that does not satisfy its assertion."""

    message: str
    severity: Literal["ok", "warning", "error"]
    facts: tuple[Fact, ...]
    """The facts that its variables are bound to."""
    messages: tuple[tuple[str, str], ...] = ()
    """`(language, text)` of every message."""


class AssertionResult(Struct, eq=False):
    """What came of an assertion or formula (`filing.assertions()`)."""

    id: str
    kind: Literal["value", "existence", "consistency", "formula"]
    document: str
    line: int
    satisfied: int = 0
    """Evaluations that satisfy it."""
    unsatisfied: int = 0
    failed: int = 0
    """Evaluations that ended in an error."""
    details: list[Unsatisfied] = field(default_factory=list)
    reason: str = ""
    """Why it was not evaluated, or what failed first."""
    seconds: float = 0.0
    satisfied_messages: list[tuple[str, str]] = field(default_factory=list)
    label: str = ""
    text: str = ""
    """Its test; of a formula the expression of its value."""
    variables: tuple[str, ...] = ()
    """Names of its variables, each after those it depends on."""

    @property
    def outcome(self) -> Outcome:
        if self.unsatisfied:
            return "unsatisfied"
        if self.failed:
            return "failed"
        return "satisfied" if self.satisfied else "not evaluated"

    def __repr__(self) -> str:
        return f"<recto.AssertionResult {self.id} {self.outcome}: {self.satisfied} satisfied, {self.unsatisfied} not>"


class Outcomes(Struct, eq=False):
    """All results, the findings they lead to, and the facts that formulas give."""

    assertions: list[AssertionResult]
    findings: list[Finding]
    output: Any = None
    """An `recto.formula.output.Output` where the DTS has formulas."""
    expressions: int = 0
    fallbacks: int = 0
    """Expressions that were handed to another engine whole."""
    outputs: dict[str, Any] = field(default_factory=dict)
    """The same for each further instance that formulas give facts to, by its name (Instances 1.0)."""


class Evaluator:
    """Runs the assertions and formulas of one instance's DTS."""

    def __init__(
        self,
        instance: Instance,
        *,
        parameters: Mapping[str, Value] | None = None,
        only: Collection[str] = (),
        languages: Sequence[str] = ("en",),
        open_instance: Callable[[str], Subject | None] | None = None,
        subjects: Mapping[str, Subject] | None = None,
    ):
        self.instance = instance
        self.subject = Subject(instance)
        self.definitions: Definitions = definitions(instance.taxonomy)
        self.given = dict(parameters or {})
        self.only, unknown = self.definitions.named(only)
        if unknown:
            raise UsageError(f"there is no assertion {unknown[0]}", document=instance.url)
        self.languages = languages
        self.open_instance = open_instance
        self.others = dict(subjects or {})
        """Further instances by the names that the DTS gives them (Instances 1.0)."""
        self.parameters: dict[str, Value] = {}
        self.findings: list[Finding] = []
        self.results: list[AssertionResult] = []
        self.messages = Messages(self.definitions, self.findings)
        self.severities = Severities(self.definitions, self.findings)
        self.outputs: dict[str, Any] = {}
        """What formulas give, by the name of the instance; "" for the standard output instance."""
        self._scoped: dict[int, list[tuple[dict[str, Value], Any]]] = {}
        self._exceeded = 0
        """Budgets that were used up."""

    def run(self) -> Outcomes:
        from recto.uncollected import uncollected

        with uncollected():  # nodes of facts are many, and stay
            return self._run()

    def _run(self) -> Outcomes:
        made = self.definitions
        self._parameters()
        self._equality()
        self.messages.check()
        ordered = made.ordered()
        consistent: dict[int, list[tuple[Consistency, AssertionResult]]] = {}
        for assertion in made.consistency:
            result = self._result(assertion.node, "consistency", assertion.label)
            if assertion.faults:
                result.failed, result.reason = 1, assertion.faults[0].message
            for formula in assertion.formulas:
                consistent.setdefault(id(formula), []).append((assertion, result))
        wanted = self.only
        # What others take variables and facts from is evaluated too where only these are asked for.
        givers = {id(scope) for each in made.sets for scope in each.scopes}
        results: dict[int, AssertionResult] = {}
        for each in made.sets:
            asked = each.id in wanted or any(one.id in wanted for one, _ in consistent.get(id(each), ()))
            if not wanted or asked or id(each) in givers or each.instance:
                results[id(each)] = self._result(each.node, each.kind, each.label)
        for each, order in ordered:
            result = results.get(id(each))  # type: ignore[assignment]
            if result is None:
                continue
            result.variables = tuple(_shown(variable.name) for variable in order)
            if each.faults:
                result.failed, result.reason = 1, each.faults[0].message
                continue
            began = perf_counter()
            self._set(each, order, result, consistent.get(id(each), ()))
            result.seconds = perf_counter() - began
        for one in self.results:
            if one.outcome in ("satisfied", "unsatisfied") and not one.failed:
                one.reason = ""  # of a part that came to nothing
        told = [one for one in self.results if not wanted or one.id in wanted]
        outputs = dict(self.outputs)
        findings = [*made.findings, *self.findings]
        return Outcomes(told, findings, outputs.pop("", None), made.compiler.count, outputs=outputs)

    def _result(self, node: Any, kind: Any, label: str) -> AssertionResult:
        text = node.element.get("test") or node.element.get("value") or ""
        result = AssertionResult(node.id or "", kind, node.document, node.line, label=label, text=text)
        self.results.append(result)
        return result

    # Before

    def evaluate_parameters(self) -> dict[str, Value]:
        """The values of the DTS's parameters, those given by the caller first; what fails is told in `findings`."""
        self._parameters()
        return self.parameters

    def _parameters(self) -> None:
        run = Run(self.subject, Budget(), self.open_instance)
        known = self.parameters
        pending = dict(self.definitions.parameters)
        while pending:
            before = len(pending)
            for name, parameter in list(pending.items()):
                depends = parameter.expression.names if parameter.expression is not None else ()
                if any(other in pending for other in depends) and name not in self.given:
                    continue
                del pending[name]
                if parameter.fault:
                    continue
                try:
                    if name in self.given:
                        value: Value = self.given[name]
                    elif parameter.expression is not None:
                        if any(other not in known for other in depends):
                            continue
                        value = self._selected(name, parameter, run)
                    elif parameter.required:
                        self._error(
                            "xpath:missingParameter",
                            f"the parameter ${_shown(name)} is required: give it a value with --param",
                            parameter.node,
                        )
                        continue
                    elif parameter.as_type and parameter.as_type.strip()[-1:] not in ("?", "*"):
                        continue
                    else:
                        value = []
                    if parameter.as_type:
                        value = self._converted(name, parameter, value)
                    known[name] = value
                except XPathError as error:
                    self._error(error.code, f"parameter ${_shown(name)}: {error.message}", parameter.node)
            if len(pending) == before:
                break

    def _selected(self, name: str, parameter: Any, run: Run) -> Value:
        """The value of a parameter's expression.

        Reports of several periods state again what a taxonomy takes to be stated once. Where all of them state the
        same, that is the value, and it is told.
        """
        try:
            return parameter.expression(run, self.parameters, self.subject.root)
        except XPathError as error:
            if error.code != "err:XPTY0004":
                raise
            try:
                lenient = self.definitions.compiler.for_equals(parameter.node.element, "select")
                value = lenient(run, self.parameters, self.subject.root)
            except XPathError:
                raise error from None
        node = parameter.node
        self.findings.append(
            catalogue.found("formula:severalEqualValues", _shown(name), document=node.document, line=node.line)
        )
        return value

    def _converted(self, name: str, parameter: Any, value: Value) -> Value:
        from recto.formula.compiler import _known

        namespaces = parameter.node.element.namespaces
        type_ = _known(parameter.as_type, namespaces)
        convert = converter(type_)
        try:
            if type(value) is Untyped and type_.startswith("xs:QName"):  # given as text
                own = resolve(value, namespaces)
                if own is not None and is_name(own.local):
                    value = QNameValue(own, value.strip().rpartition(":")[0])
            return convert(value) if convert is not None else value
        except XPathError as error:
            raise XPathError(
                "xbrlve:parameterTypeMismatch", f"its value is no {parameter.as_type}: {error.message}"
            ) from None

    def _equality(self) -> None:
        """How members of typed dimensions are compared where the DTS defines it (Variables 1.0, 2.5)."""
        if not self.definitions.equality:
            return
        taxonomy = self.instance.taxonomy
        run = Run(self.subject, Budget(), self.open_instance)
        a, b = COMPARED
        for axis in self.subject.columns.axes:
            concept = taxonomy.concept(axis)
            if concept is None or concept.typed_domain is None:
                continue
            domain = taxonomy.typed_domain(concept)
            test = self.definitions.equality.get(domain)
            if test is not None:
                facts_of = self._facts_by_member(axis)

                def same(left: Any, right: Any, test: Any = test, facts: Any = facts_of) -> bool:
                    nodes = {a: facts[id(left)], b: facts[id(right)]}
                    return boolean(test(run, {**self.parameters, **nodes}))

                self.subject.columns.same_typed[axis] = same

    def _facts_by_member(self, axis: QName) -> dict[int, FactNode]:
        """A fact for each member of a typed dimension."""
        found: dict[int, FactNode] = {}
        for fact in self.instance.facts:
            if fact.context is not None and axis in fact.context.dimensions:
                found.setdefault(id(fact.context.dimensions[axis]), self.subject.node(fact))
        return found

    def _budget(self) -> Budget:
        """What one assertion may take: less where one after the other has taken all of it."""
        halved = max(self._exceeded - _PATIENCE, 0)
        return Budget(max(MOST_STEPS >> halved, _LEAST_STEPS), max(MOST_SECONDS / (1 << min(halved, 20)), 1.0))

    def _error(self, code: str, message: str, node: Any, facts: tuple[str, ...] = ()) -> None:
        if code == "xpath:expressionBudget":
            self._exceeded += 1
        reason = message.removesuffix(".")
        self.findings.append(catalogue.found(code, document=node.document, line=node.line, facts=facts, reason=reason))

    # Variable sets

    def _set(self, made: VariableSet, order: Any, result: AssertionResult, consistent: Any) -> None:
        scopes: list[dict[str, Value]] = [{}]
        if made.scopes:
            scopes = [
                {**variables, **({made.scope_names[id(scope)]: fact} if id(scope) in made.scope_names else {})}
                for scope in made.scopes
                for variables, fact in self._scoped.get(id(scope), ())
            ]
        try:
            subjects = {each.instance: self._other(each.instance) for each in made.variables if each.instance}
        except XPathError as error:
            result.failed, result.reason = 1, error.message
            self._error(error.code, f"{made.label}: {error.message}", made.node)
            return
        for outer in scopes:
            run = Run(self.subject, self._budget(), self.open_instance)
            binder: Any = None
            try:
                binder = Binder(
                    self.definitions,
                    made,
                    order,
                    self.subject,
                    run,
                    {**self.parameters, **outer},
                    subjects,
                )
                rows = binder.rows()
                result.reason = result.reason or binder.reason
                before = result.satisfied + result.unsatisfied + result.failed
                if made.kind == "existence":
                    self._existence(made, binder, rows, run, result)
                else:
                    self._evaluations(made, binder, rows, run, result, consistent)
                    if rows and before == result.satisfied + result.unsatisfied + result.failed:
                        result.reason = result.reason or "its preconditions hold for none of its evaluations"
            except XPathError as error:
                if self._told_before(error):
                    result.reason = result.reason or f"{error.message}: the parameter has no value"
                    continue
                result.failed += 1
                result.reason = result.reason or error.message
                self._error(error.code, f"{made.label}: {error.message}", made.node)

    def _other(self, name: str) -> Subject:
        """Another instance that a DTS names (Instances 1.0): one that is given, or what formulas gave until now."""
        known = self.others.get(name)
        if known is None:
            output = self.outputs.get(name)
            if output is None and not any(each.instance == name for each in self.definitions.sets):
                raise XPathError("formula:instanceMissing", f"the instance {name} is not given")
            if output is None:
                from recto.formula.output import Output

                output = Output(self.instance)
            known = self.others[name] = Subject(output.instance())
        return known

    def _existence(self, made: VariableSet, binder: Binder, rows: Any, run: Run, result: AssertionResult) -> None:
        count = 0
        last: Evaluation | None = None
        tests = [binder.evaluator(each, self.subject.root) for each in made.preconditions]
        for row in rows if tests else ():
            run.evaluation = evaluation = Evaluation(binder, row)
            run.budget.tick()
            if all(boolean(test(row)) for test in tests):
                count += 1
                last = last or evaluation
        if not tests:
            count = len(rows)
            last = Evaluation(binder, rows[0]) if rows else None
        run.evaluation = last
        holds = boolean(made.test(run, binder.parameters, count)) if made.test is not None else count > 0
        if holds:
            result.satisfied += 1
            self._satisfied(made, run, binder.parameters, result, count)
        else:
            self._unsatisfied(made, run, binder.parameters, (), result, count)

    def _evaluations(
        self, made: VariableSet, binder: Binder, rows: Any, run: Run, result: AssertionResult, consistent: Any
    ) -> None:
        test = made.test
        root = self.subject.root
        satisfied = bool(self.messages.of(made.node, satisfied=True))
        tests = [binder.evaluator(each, root) for each in made.preconditions]
        holds = binder.evaluator(test, root) if test is not None else None
        tick = run.budget.tick
        # What is bound is asked for by functions of formulas alone, where all is well.
        asked = tests or holds is None or satisfied or bool(test.functions)  # type: ignore[union-attr]
        if not asked and test is not None and len(rows) < run.budget.steps:
            held = binder.tested(test, rows)
            if held is not None:
                result.satisfied += sum(held)
                run.budget.spend(sum(held))
                rows = [row for row, holding in zip(rows, held, strict=True) if not holding]
        for row in rows:
            if not asked:
                try:
                    tick()
                    if holds(row) is True:  # type: ignore[misc]
                        result.satisfied += 1
                        continue
                except XPathError:
                    pass  # told below, where it is met again
            run.evaluation = evaluation = Evaluation(binder, row)
            try:
                tick()
                if tests and not all(boolean(each(row)) for each in tests):
                    continue
                if made.kind == "formula":
                    self._formula(made, evaluation, run, result, consistent)
                    continue
                if holds is None:
                    continue
                if boolean(holds(row)):
                    result.satisfied += 1
                    if satisfied:
                        self._satisfied(made, run, evaluation.variables, result)
                else:
                    facts = tuple(node.fact for node in evaluation.facts())
                    self._unsatisfied(made, run, evaluation.variables, facts, result)
            except XPathError as error:
                self._failed(made, error, evaluation, result)
                if error.code == "xpath:expressionBudget":
                    return

    def _told_before(self, error: XPathError) -> bool:
        """Whether what lacks is a parameter's value, which was told of the parameter itself."""
        name = error.message.rpartition("$")[2]
        return error.code == "err:XPST0008" and name in self.definitions.parameters and name not in self.parameters

    def _failed(self, made: VariableSet, error: XPathError, evaluation: Evaluation, result: AssertionResult) -> None:
        if self._told_before(error):
            result.reason = result.reason or f"{error.message}: the parameter has no value"
            return
        result.failed += 1
        result.reason = result.reason or f"{error.code}: {error.message}"
        if result.failed == 1:  # the same error of other facts is counted, not told again
            facts = tuple(node.fact.id for node in evaluation.facts())
            self._error(error.code, f"{made.label}: {error.message}", made.node, facts)

    def _formula(
        self, made: VariableSet, evaluation: Evaluation, run: Run, result: AssertionResult, consistent: Any
    ) -> None:
        from recto.formula.output import Output

        output = self.outputs.get(made.instance)
        if output is None:
            output = self.outputs[made.instance] = Output(self.instance)
        fact = output.produce(made, evaluation, run, add=True)
        result.satisfied += 1
        self._scoped.setdefault(id(made), []).append((dict(evaluation.variables), fact.node))
        from recto.formula.consistency import check

        for assertion, its_result in consistent:
            if not assertion.faults:
                check(self, assertion, its_result, made, evaluation, run, fact)

    # Outcomes

    def _satisfied(
        self, made: Any, run: Run, variables: Mapping[str, Value], result: AssertionResult, item: Any = None
    ) -> None:
        variables = _with_test(made, variables)
        for message in self.messages.of(made.node, satisfied=True):
            if len(result.satisfied_messages) < MOST_TOLD:
                result.satisfied_messages.append((message.language, self._written(message, run, variables, item)))

    def _unsatisfied(
        self,
        made: Any,
        run: Run,
        variables: Mapping[str, Value],
        facts: tuple[Fact, ...],
        result: AssertionResult,
        item: Any = None,
    ) -> None:
        result.unsatisfied += 1
        level = self.severities.of(made.node, run, variables)
        if len(result.details) >= MOST_TOLD:
            return
        found = self.messages.of(made.node, satisfied=False)
        variables = _with_test(made, variables)
        texts = [(message, self._written(message, run, variables, item)) for message in found]
        preferred: Message | None = chosen(found, self.languages)
        text = next((text for message, text in texts if message is preferred), "")
        if not text:
            text = f"The assertion {made.label} is not satisfied."
            if made.node.element.get("test"):
                text += f" Its test: {made.node.element.get('test')[:500]}"
        detail = Unsatisfied(text, level, facts, tuple((message.language, text) for message, text in texts))
        result.details.append(detail)

    def _written(self, message: Message, run: Run, variables: Mapping[str, Value], item: Any) -> str:
        text, error = message.write(run, variables, item)
        if error is not None and message.node not in self.messages._told:
            self.messages._told.add(message.node)
            self.findings.append(
                catalogue.found(
                    error.code,
                    document=message.node.document,
                    line=message.node.line,
                    reason=f"message {message.node.id or ''}: {error.message}",
                )
            )
        return text


def _with_test(made: Any, variables: Mapping[str, Value]) -> Mapping[str, Value]:
    """What messages may ask for besides: the assertion's test (Validation messages 1.0, 4)."""
    test = made.node.element.get("test")
    if test is None:
        return variables
    return {**variables, QName(made.node.name.namespace, "test-expression").clark: test}


def _shown(name: str) -> str:
    return name.rpartition("}")[2]


def parameter_value(text: str, type_: str = "") -> Value:
    """A parameter's value given as text on a command line or in a suite."""
    return Untyped(text)


__all__ = ["AssertionResult", "Evaluator", "FactNode", "Outcomes", "QNameValue", "Unsatisfied"]


def evaluate(
    instance: Instance,
    *,
    parameters: Mapping[str, str] | None = None,
    only: Collection[str] = (),
    languages: Sequence[str] = ("en",),
    instances: Mapping[str, Instance] | None = None,
) -> Outcomes:
    """All assertions and formulas of an instance's DTS.

    `parameters`: texts by the parameters' names, local, whole or as the DTS writes them. `instances`: further instances
    by the local names that the DTS gives them (Instances 1.0). Raises `UsageError` where the DTS has nothing of an id
    of `only`.
    """
    made = definitions(instance.taxonomy)
    given: dict[str, Value] = {}
    for name, parameter in made.parameters.items():
        for key in parameter.names if parameters is not None else ():
            if key in parameters:  # type: ignore[operator]
                given[name] = Untyped(parameters[key])  # type: ignore[index]
                break
    subjects = {name: Subject(each) for name, each in (instances or {}).items()}
    return Evaluator(instance, parameters=given, only=only, languages=languages, subjects=subjects).run()
