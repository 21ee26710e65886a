"""The facade: a source opened as a `Filing`, which is asked for everything else.

`opening` opens; `facade` is the class, whose answers come from `reading` (instances and their taxonomies), `pages`
(grids, and why they look so), `outcomes` (formulas and tables of the DTS) and the rooms below.
"""

from recto.filing.facade import Filing
from recto.filing.opening import open, open_bytes

__all__ = ["Filing", "open", "open_bytes"]
