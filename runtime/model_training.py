"""The trained Rasa model: its file name carries the hash of what it was trained from, so none is stale."""

from pathlib import Path

from runtime.child_process import ChildProcesses
from runtime.content_hash import content_hash
from runtime.problems import StackProblem
from runtime.programs import RASA, bot_python, rasa_environ
from runtime.settings import StackSettings

TRAINING_DATA = ("data/nlu", "data/rules")
SOURCES = (
    "config.yml",
    "domain",
    *TRAINING_DATA,
    "data/lexicon",
    "data/faq",
    "data/signals",
    "bot/components",
    "bot/nlu",
    "bot/requirements.lock",
)
KEPT_MODELS = 3
LOG = "setup-train.log"


def model_path(settings: StackSettings) -> Path:
    """Where the model for the present sources is, or will be."""
    return settings.models_dir / f"yingsheng-{content_hash(settings.root, SOURCES)[:16]}.tar.gz"


def train(settings: StackSettings, children: ChildProcesses) -> Path:
    """Train the model for the present sources and return its file.

    Raises:
        StackProblem: Rasa could not train it.
    """
    wanted = model_path(settings)
    unfinished = settings.models_dir / "unfinished"
    unfinished.mkdir(parents=True, exist_ok=True)
    name = wanted.name.removesuffix(".tar.gz")
    # the sources are validated by tests/dialogue, not by everyone who installs
    command = [str(bot_python(settings.root)), "-m", RASA, "train", "--skip-validation"]
    sources = ["--config", "config.yml", "--domain", "domain", "--data", *TRAINING_DATA]
    output = ["--out", str(unfinished), "--fixed-model-name", name]
    cache = str(settings.models_dir / "cache")
    environ = {**settings.environ, **rasa_environ(), "RASA_CACHE_DIRECTORY": cache}
    environ["PYTHONPATH"] = str(settings.root)
    log = settings.log_dir / LOG
    children.run("train", [*command, *sources, *output], log, environ, settings.root)
    made = unfinished / wanted.name
    if not made.is_file():
        raise StackProblem("step_failed", log=log, step="train", status=0)
    made.replace(wanted)
    _forget_old_models(settings.models_dir)
    return wanted


def _forget_old_models(directory: Path) -> None:
    models = sorted(directory.glob("yingsheng-*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[KEPT_MODELS:]:
        old.unlink()
