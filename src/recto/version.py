"""The version of this package: the only place where it stands; packaging and `recto.__version__` read it here."""

VERSION = "0.1.0"
