"""The regulations as data: reads `policy/` into frozen objects, once, at start."""

from backend.policy.reading import PolicyError
from backend.policy.whole import Policy, load

__all__ = ["Policy", "PolicyError", "load"]
