from pathlib import Path

import pytest

from runtime.problems import StackProblem
from runtime.secrets_file import DEMO_PASSWORD, SECRETS_KEY, SERVICE_TOKEN, ensure_secrets, secrets_path


def test_made_once_and_private(tmp_path: Path) -> None:
    first = ensure_secrets(tmp_path / "var", {})
    assert ensure_secrets(tmp_path / "var", {}) == first
    assert secrets_path(tmp_path / "var").stat().st_mode & 0o777 == 0o600
    assert len(first[SERVICE_TOKEN]) >= 32
    assert len(first[SECRETS_KEY]) >= 32
    assert first[SECRETS_KEY] != first[SERVICE_TOKEN]
    assert len(first[DEMO_PASSWORD]) == 16


def test_every_installation_has_its_own(tmp_path: Path) -> None:
    one, other = ensure_secrets(tmp_path / "1", {}), ensure_secrets(tmp_path / "2", {})
    assert one[SERVICE_TOKEN] != other[SERVICE_TOKEN]
    assert one[DEMO_PASSWORD] != other[DEMO_PASSWORD]


def test_environment_goes_before_the_file(tmp_path: Path) -> None:
    assert ensure_secrets(tmp_path, {SERVICE_TOKEN: "given"})[SERVICE_TOKEN] == "given"
    assert "given" not in secrets_path(tmp_path).read_text()


def test_what_is_missing_is_added_and_the_rest_kept(tmp_path: Path) -> None:
    path = secrets_path(tmp_path)
    path.write_text("# note\nYINGSHENG_SERVICE_TOKEN=kept\nOTHER=too\n")
    path.chmod(0o600)
    secrets = ensure_secrets(tmp_path, {})
    assert (secrets[SERVICE_TOKEN], secrets["OTHER"]) == ("kept", "too")
    assert secrets[DEMO_PASSWORD]


def test_a_file_that_others_may_read_is_refused(tmp_path: Path) -> None:
    ensure_secrets(tmp_path, {})
    secrets_path(tmp_path).chmod(0o644)
    with pytest.raises(StackProblem) as caught:
        ensure_secrets(tmp_path, {})
    assert caught.value.code == "secrets_readable"
