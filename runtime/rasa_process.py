"""Runs Rasa's command line so that it is ready sooner: `python -m runtime.rasa_process run ...`.

Two imports are put right that Rasa itself does not need that way:

- skops, when imported, looks for the home of 750 functions in every module loaded so far. Imported before
  TensorFlow there are a few hundred of these, not several thousand.
- TensorFlow's Lite converter takes jax along if it is there. Rasa never converts a model.

Together they save a third of the processor time until Rasa answers (14 instead of 22 seconds of a slow core).
"""

import importlib
import runpy
import sys
from typing import Any

OPTIONAL_MODULES = ("jax",)


def prepare_imports() -> None:
    """To be called before anything imports TensorFlow."""
    absent: dict[str, Any] = dict.fromkeys(OPTIONAL_MODULES)
    sys.modules.update(absent)  # None: importing it is an ImportError, which TensorFlow expects
    importlib.import_module("skops.io")


if __name__ == "__main__":
    prepare_imports()
    runpy.run_module("rasa", run_name="__main__", alter_sys=True)
