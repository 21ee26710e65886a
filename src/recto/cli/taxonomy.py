"""`recto taxonomy`: taxonomy packages and compiled taxonomies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from recto.cli._options import source_options
from recto.cli._output import echo, message, summarize
from recto.cli._progress import progress

if TYPE_CHECKING:
    from recto.publishers import Published
    from recto.taxonomy.model import Concept, Described, Taxonomy
    from recto.taxonomy.store import Store

cache_option = click.option(
    "--cache-dir", metavar="DIR", help="Where packages and compiled taxonomies are kept (or set RECTO_CACHE_DIR)."
)


@click.group(short_help="Taxonomy packages and compiled taxonomies.")
def command() -> None:
    """Keep taxonomy packages, compile taxonomies ahead of their first use, and look into them.

    Standard taxonomies are compiled when a filing first needs them, and read in that form from then on; what is
    compiled is made anew whenever its source changed. Packages that were added are used for every filing, after those
    that --taxonomies names.
    """


@command.command("add", short_help="Keep a taxonomy package.")
@click.argument("package", metavar="PACKAGE")
@cache_option
def add(package: str, cache_dir: str | None) -> None:
    """Keep a copy of the taxonomy package PACKAGE (a zip file) and use it for every filing from now on."""
    from recto import installed

    message(f"added {installed.add(package, cache_dir).name}")


@command.command("get", short_help="Fetch a published taxonomy and keep it.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@source_options
@click.pass_context
def get(ctx: click.Context, /, names: tuple[str, ...], **options: Any) -> None:
    """Fetch each published taxonomy NAME (`us-gaap-2024`, `esef-2022`, `frc-2025`) from its publisher and use it for
    every filing from now on. Its size and the publisher's terms are told first: whoever fetches it accepts them.
    Without NAME, list what can be fetched. A taxonomy that is published without a package is compiled from its entry
    point instead.
    """
    from recto import installed
    from recto.errors import UsageError
    from recto.publishers import PUBLISHED, near

    if not names:
        for each in PUBLISHED.values():
            echo(f"{each.name:<18} {_size(each):>9}  {each.url}\n{'':<29} {each.terms}")
        return
    for name in names:
        if name not in PUBLISHED:
            hint = near(name) or "; `recto taxonomy get` lists those that are"
            raise UsageError(f"no published taxonomy {name!r} is known{hint}")
    for name in names:
        published = PUBLISHED[name]
        message(f"{name}: {published.url}, {_size(published).strip()}; {published.terms}")
        if published.is_package:
            with progress() as report:
                path = installed.get(name, options["cache_dir"], offline=options["offline"], progress=report)
            message(f"added {path.name}, {path.stat().st_size / 1e6:,.1f} MB")
        else:
            ctx.invoke(compile_, entries=(published.url,), **options)


def _size(published: Published) -> str:
    if published.size:
        return f"{published.size / 1e6:,.1f} MB"
    return "size ?" if published.is_package else "documents"


@command.command("list", short_help="What is kept and compiled.")
@cache_option
def list_(cache_dir: str | None) -> None:
    """List the packages that were added, then the taxonomies that were compiled by request, then a total."""
    from recto import installed

    for path in installed.installed(cache_dir):
        echo(f"package   {path.name}  {path.stat().st_size / 1e6:,.1f} MB")
    store = _store(cache_dir)
    for entry in store.list():
        echo(
            f"compiled  {entry.key}  {entry.documents:,} documents  {entry.size / 1e6:,.1f} MB  {' '.join(entry.urls)}"
        )
    documents, size = store.size()
    echo(f"{documents:,} compiled documents in all, {size / 1e6:,.1f} MB, in {store.folder}")


@command.command("compile", short_help="Compile a taxonomy ahead of its first use.")
@click.argument("entries", nargs=-1, required=True, metavar="URL...")
@source_options
@click.pass_context
def compile_(ctx: click.Context, /, entries: tuple[str, ...], **options: Any) -> None:
    """Compile the taxonomies that begin at each URL, a schema's address or file, with all that they lead to."""
    from recto.errors import UsageError
    from recto.filing import open as open_
    from recto.findings import Findings

    if not options["use_cache"]:
        raise UsageError("--no-cache leaves nothing to compile into")
    store = _store(options["cache_dir"])
    findings = Findings()
    with progress() as report:
        for url in entries:
            filing = open_(url, **options)
            urls = [each for entry in filing.source.entries for each in entry.urls]
            entry, dts = store.compile(
                urls,
                filing.source.resolver,
                findings=findings,
                progress=None if report is None else lambda name, count: report(count, 0, f"compiling {name}"),
            )
            total = len(dts.documents)
            echo(f"{entry.key}  {entry.documents:,} of {total:,} documents  {entry.size / 1e6:,.1f} MB  {url}")
    summarize(findings)
    if findings.has_errors:
        ctx.exit(1)


@command.command("remove", short_help="Drop a package or a compiled taxonomy.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--all", "everything", is_flag=True, help="Everything that was compiled; packages stay.")
@cache_option
def remove(names: tuple[str, ...], everything: bool, cache_dir: str | None) -> None:
    """Drop each NAME: a package's file name, or the key or URL of a compiled taxonomy, as `list` prints them."""
    from recto import installed
    from recto.errors import UsageError

    if not names and not everything:
        raise UsageError("name what to remove, or give --all")
    store = _store(cache_dir)
    if everything:
        store.clear()
        message("removed all compiled taxonomies")
    for name in names:
        if not store.remove(name):
            installed.remove(name, cache_dir)
        message(f"removed {name}")


@command.command("show", short_help="What a taxonomy declares.")
@click.argument("source", metavar="SOURCE")
@click.argument("concept", required=False, metavar="[CONCEPT]")
@source_options
def show(source: str, concept: str | None, **options: Any) -> None:
    """Show the taxonomy of SOURCE, a schema or a filing: its documents, and its link roles with the pages they define.
    With CONCEPT (`us-gaap:Assets`, `Assets`), show that concept: type, labels, references, and where it stands.
    """
    from recto.cli._options import open_filing
    from recto.errors import UsageError
    from recto.names import ARC_PARENT_CHILD

    with progress() as report:
        taxonomy = open_filing(source, {**options, "progress": report}).taxonomy
    if concept is None:
        for url, document in taxonomy.documents.items():
            echo(f"{document.kind:<9} {url}")
        for role in taxonomy.roles(ARC_PARENT_CHILD):
            echo(f"{taxonomy.role_definition(role)}\n          {role}")
        return
    found = [each for each in taxonomy.concepts() if concept in (each.name, each.qname.local, each.qname.clark)]
    if not found:
        raise UsageError(f"the taxonomy has no concept {concept!r}")
    for each in found:
        _show_concept(taxonomy, taxonomy.documentation((each.qname.namespace,)), each)


def _show_concept(taxonomy: Taxonomy, described: Described, concept: Concept) -> None:
    from recto.names import ARC_PARENT_CHILD

    echo(concept.name)
    facts = {
        "namespace": concept.qname.namespace,
        "type": None if concept.type is None else concept.type.qname.local,
        "period": concept.period_type,
        "balance": concept.balance,
        "abstract": "yes" if concept.abstract else None,
        "declared": f"{concept.document}:{concept.line}",
    }
    for name, value in facts.items():
        if value:
            echo(f"  {name:<10} {value}")
    for label in described.labels(concept):
        echo(f"  {(label.role or 'label').rpartition('/')[2]:<10} [{label.language or '-'}] {label.text.strip()}")
    for reference in described.references(concept):
        echo("  reference  " + ", ".join(f"{part.local} {text.strip()}" for part, text in reference.parts))
    for role in taxonomy.roles(ARC_PARENT_CHILD):
        for arc in taxonomy.network(ARC_PARENT_CHILD, role).parents(concept):
            echo(f"  below      {arc.source.name} in {taxonomy.role_definition(role)}")


def _store(cache_dir: str | None) -> Store:
    from recto.installed import folder
    from recto.taxonomy.store import Store

    return Store(folder(cache_dir).parent)
