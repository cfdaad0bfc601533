from pathlib import Path

from runtime.content_hash import content_hash


def _tree(root: Path) -> Path:
    (root / "data").mkdir()
    (root / "data" / "a.yml").write_text("a")
    (root / "config.yml").write_text("c")
    return root


def test_same_content_same_hash_wherever_it_lies(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    one.mkdir()
    other.mkdir()
    assert content_hash(_tree(one), ["data", "config.yml"]) == content_hash(
        _tree(other), ["config.yml", "data"]
    )


def test_content_name_and_new_files_count(tmp_path: Path) -> None:
    root = _tree(tmp_path)
    seen = {content_hash(root, ["data"])}
    (root / "data" / "a.yml").write_text("b")
    seen.add(content_hash(root, ["data"]))
    (root / "data" / "a.yml").rename(root / "data" / "b.yml")
    seen.add(content_hash(root, ["data"]))
    (root / "data" / "new.yml").touch()
    seen.add(content_hash(root, ["data"]))
    assert len(seen) == 4


def test_caches_hidden_files_and_builds_do_not_count(tmp_path: Path) -> None:
    root = _tree(tmp_path)
    before = content_hash(root, ["data"])
    for name in ("__pycache__", "node_modules", "dist", ".hidden"):
        (root / "data" / name).mkdir()
        (root / "data" / name / "file").write_text("x")
    (root / "data" / ".swp").write_text("x")
    assert content_hash(root, ["data"]) == before


def test_what_does_not_exist_counts_as_empty(tmp_path: Path) -> None:
    assert content_hash(tmp_path, ["nothing"]) == content_hash(tmp_path, [])
