"""For tests: rules as given / when / then, and the services' own infrastructure."""

from shared.testing.specification import Specification

__all__ = ["Specification"]
