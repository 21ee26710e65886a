"""Trees of a filing that print, export and draw: calculations with their sums, presentation, dimensions, concepts."""

from recto.trees.calculation import Calculation, calculation
from recto.trees.concepts import ConceptEntry, Concepts
from recto.trees.dimensions import Dimension, DimensionMember, Dimensions, dimensions
from recto.trees.presentation import Presentation, presentation

__all__ = [
    "Calculation",
    "ConceptEntry",
    "Concepts",
    "Dimension",
    "DimensionMember",
    "Dimensions",
    "Presentation",
    "calculation",
    "dimensions",
    "presentation",
]
