"""xBRL-JSON 1.0 and xBRL-CSV 1.0: reports in the formats of the Open Information Model, read and written.

Source: OIM 1.0, OIM Common Definitions 1.0, xBRL-JSON 1.0, xBRL-CSV 1.0 (Recommendations of 2021-10-13, with errata).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from recto.patterns import lazy

if TYPE_CHECKING:
    from recto.instance.model import Instance
    from recto.sources import Entry
    from recto.taxonomy.model import Taxonomy

_CSV: Final = lazy(rb'"documentType"\s*:\s*"[^"]*/xbrl-csv"|"tableTemplates"\s*:')


def load(entry: Entry, resolver: Any, get: Callable[[Sequence[str]], Taxonomy]) -> list[Instance]:
    """The report of an entry of kind `csv`, or `json`, which may turn out to be metadata of xBRL-CSV.

    `get` loads the taxonomy that starts from URLs. What is wrong goes to the instance's findings.
    Raises SourceError for what is no report at all.
    """
    url = entry.urls[0]
    data = resolver.read(url)
    if entry.kind == "json" and _CSV.search(data) is None:
        from recto.instance.oim.read_json import read_json

        return [read_json(data, url, get)]
    from recto.instance.oim.read_csv import read_csv

    return [read_csv(data, url, resolver, get)]


__all__ = ["load"]
