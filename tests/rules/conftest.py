from tests.rules.small_esef import esef, esef_codes
from tests.rules.small_filing import check, findings

__all__ = ["check", "esef", "esef_codes", "findings"]
