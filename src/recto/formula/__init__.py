"""Formula 1.0: variable sets bound by joins, assertions and their messages, formulas and the facts they give."""
