"""The first turns after a start are slow: words, encoders and connections are loaded with them.

They are the product's own, so that no customer meets them, nor an answer that comes too late.
"""

import uuid
from collections.abc import Mapping
from pathlib import Path

import httpx
import yaml

from runtime.problems import StackProblem
from runtime.settings import StackSettings

WORDS = Path("domain") / "_shared.yml"
RESPONSE = "utter_words_warm_up"
SECONDS = 60.0


def sentences(root: Path) -> list[str]:
    """What is said: together it passes through understanding, rules and actions."""
    content = yaml.safe_load((root / WORDS).read_text(encoding="utf-8"))
    return [each["text"] for each in content["responses"][RESPONSE]]


def warm_up(settings: StackSettings) -> None:
    """Have bot and action server answer once, in conversations that are nobody's.

    Raises:
        StackProblem: there is no answer, or an empty one, which is how the bot says that an action failed.
    """
    with httpx.Client(base_url=settings.bot_url, timeout=SECONDS, trust_env=False) as client:
        for text in sentences(settings.root):
            name = f"warm-up:{uuid.uuid4()}"
            body = {"sender": name, "message": text, "metadata": {"channel": "web", "message_id": name}}
            if not _said(client, body):
                log = settings.log_dir / "actions.log"
                raise StackProblem("program_failed", log=log, program="actions")


def _said(client: httpx.Client, body: Mapping[str, object]) -> bool:
    try:
        answer = client.post("/webhooks/rest/webhook", json=body)
        answer.raise_for_status()
    except httpx.HTTPError:
        return False
    return bool(answer.json())
