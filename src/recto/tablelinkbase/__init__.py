"""Table linkbase 1.0: tables as a DTS draws them, filled with the facts of an instance."""
