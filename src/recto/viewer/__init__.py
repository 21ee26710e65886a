"""The viewer: one description of a filing in parts, and one front end that shows it.

`Description` makes the parts (`docs/viewer.md`), `front/` holds the front end, `bundle` puts both into a file that
opens from disk. The server (`recto.web`) hands out the same parts one by one.
"""

from recto.viewer.describe import Description
from recto.viewer.model import VERSION

__all__ = ["VERSION", "Description"]
