from tests.rules.small_filing import check, findings

__all__ = ["check", "findings"]
