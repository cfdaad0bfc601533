"""The process that answers when the hotline does not; it stands on nothing of the house but its words."""

import json
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from starlette.testclient import TestClient
from twilio.request_validator import RequestValidator

from backend.channels.twilio_voice.fallback_app import application
from backend.settings import PROJECT_ROOT

TOKEN, URL = "the-vendors-token", "https://fallback.example/fallback"
CALL = {"CallSid": "CA1", "From": "+8613900112266", "ErrorCode": "11200"}


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    return {
        "YINGSHENG_TWILIO_AUTH_TOKEN": TOKEN,
        "YINGSHENG_VOICE_FALLBACK_URL": URL,
        "YINGSHENG_VAR_DIR": str(tmp_path),
    }


def ask(environ: dict[str, str], body: dict[str, str], path: str = "", token: str = TOKEN):
    signature = RequestValidator(token).compute_signature(f"{URL}{path}", body)
    client = TestClient(application(environ))
    return client.post(f"/fallback{path}", data=body, headers={"X-Twilio-Signature": signature})


def verbs(document: str) -> list[str]:
    response: Element = fromstring(document)
    return [verb.tag for verb in response]


def test_an_apology_and_a_message_after_the_tone(environ: dict[str, str], tmp_path: Path):
    answer = ask(environ, CALL)
    assert verbs(answer.text) == ["Say", "Record", "Say"]
    assert "抱歉" in answer.text
    thanks = ask(environ, {**CALL, "RecordingUrl": "https://api.twilio.com/RE1"}, "/message")
    assert verbs(thanks.text) == ["Say", "Hangup"]
    notes = [json.loads(line) for line in (tmp_path / "missed-calls.jsonl").read_text().splitlines()]
    assert [note["From"] for note in notes] == ["+8613900112266"] * 2
    assert notes[1]["RecordingUrl"].endswith("RE1")
    assert (tmp_path / "missed-calls.jsonl").stat().st_mode & 0o077 == 0


def test_forged_requests_and_a_missing_token_are_refused(environ: dict[str, str], tmp_path: Path):
    assert ask(environ, CALL, token="another").status_code == 403
    assert ask({**environ, "YINGSHENG_TWILIO_AUTH_TOKEN": ""}, CALL, token="").status_code == 403
    assert not (tmp_path / "missed-calls.jsonl").exists()


def test_it_needs_neither_database_nor_web_framework_of_the_house():
    wanted = "import sys, backend.channels.twilio_voice.fallback_app; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", wanted], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    )
    loaded = set(done.stdout.split())
    assert "backend.wording" in loaded
    assert not {"sqlalchemy", "psycopg", "fastapi", "backend.bootstrap", "backend.db"} & loaded
