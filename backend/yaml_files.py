"""Reads YAML: policy, wording, lexicons, examples."""

from pathlib import Path
from typing import Any

import yaml

# the C loader, where libyaml is there, is ten times as fast
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The file's content.

    Raises:
        OSError, UnicodeDecodeError, yaml.YAMLError: it cannot be read, or is no YAML.
    """
    return yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506  # both loaders are safe ones
