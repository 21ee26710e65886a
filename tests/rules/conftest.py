from tests.rules.small_efm import efm, efm_codes
from tests.rules.small_esef import esef, esef_codes
from tests.rules.small_filing import check, findings

__all__ = ["check", "efm", "efm_codes", "esef", "esef_codes", "findings"]
