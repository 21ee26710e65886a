"""Where the time of `recto validate` goes: run in a new process, prints milliseconds by phase as JSON.

python tests/perf/phases.py FILING TAXONOMIES
"""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module


def main() -> None:
    filing, taxonomies = sys.argv[1:]
    taken: dict[str, float] = {}
    last = time.perf_counter()

    def done(phase: str) -> None:
        nonlocal last
        now = time.perf_counter()
        taken[phase] = (now - last) * 1000
        last = now

    from recto import cli

    cli._tune_collector()
    for name in ("click", "lxml.etree", "msgspec"):
        import_module(name)
    done("import click, lxml and msgspec, with what they import")
    import recto
    from recto import rules as rule_sets
    from recto.rules.subject import Subject

    for name in ("recto.cli._app", "recto.cli._output", "recto.cli.validate", "recto.instance.inline.reader"):
        import_module(name)
    modules = [import_module(rule_sets.REGISTRY[name].module) for name in rule_sets.DEFAULT_RULES]
    rules = [rule for module in modules for rule in module.rules()]
    done("import recto")
    opened = recto.open(filing, taxonomies=[taxonomies], offline=True)
    opened._keep_trees = True
    instances = opened.instances
    done("load every document of the DTS and every fact")
    for instance in instances:
        _ = list(instance.taxonomy.findings)
    done("follow every locator")
    for instance in instances:
        subject = Subject(instance)
        subject.cache["rules"] = list(rule_sets.DEFAULT_RULES)
        for rule in rules:
            list(rule(subject))
            done(f"{rule.__module__.removeprefix('recto.rules.')}.{rule.__name__}")
    print(json.dumps(taken))


if __name__ == "__main__":
    main()
