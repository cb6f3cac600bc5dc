"""The front door of privacy."""

from leer.privacy.looks import looked, looked_at_everybody, looks_at
from leer.privacy.own import Holding, holdings_of

__all__ = ["Holding", "holdings_of", "looked", "looked_at_everybody", "looks_at"]
