"""Conditions of rules in CEL (https://cel.dev), compiled when the policy is loaded and tried on sample facts.

So a typo stops the start and not a customer.
"""

from collections.abc import Iterable, Mapping
from typing import Any

import cel

from backend.policy.reading import PolicyError


def compiled(file: str, rule: str, field: str, expression: str, samples: Iterable[Mapping[str, Any]]) -> Any:
    """A CEL condition, compiled and tried on all sample facts.

    Raises:
        PolicyError: it does not compile, names unknown facts, or does not answer true or false.
    """
    try:
        program = cel.compile(expression)
        answers = [program.execute(dict(sample)) for sample in samples]
    except Exception as error:
        raise PolicyError(file, rule, field, str(error)) from error
    for answer in answers:
        if not isinstance(answer, bool):
            raise PolicyError(file, rule, field, f"answers {answer!r} instead of true or false")
    return program
