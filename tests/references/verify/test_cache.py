"""Answers that are kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acu_lint.references.verify.ask import verify
from acu_lint.references.verify.cache import Cache
from tests.references.articles import KNEE
from tests.references.verify.services import SUMMARY, TITLE, Service, asking, cited, crossref, pubmed, summary


def test_what_is_known_is_not_asked_again_until_it_is_old(service: Service, tmp_path: Path) -> None:
    service.answers = {f"works/{KNEE}": [crossref(KNEE, TITLE, 2019)], SUMMARY: [pubmed(summary("111", TITLE, "2019"))]}
    works = [cited("doi", KNEE), cited("pmid", "111")]
    first = verify(works, asking(service, tmp_path))
    asked = len(service.asked)
    assert verify(works, asking(service, tmp_path)) == first
    assert len(service.asked) == asked == 2
    for file in tmp_path.iterdir():
        kept = json.loads(file.read_text())
        file.write_text(json.dumps({**kept, "time": kept["time"] - 90_000}))
    verify(works, asking(service, tmp_path))
    assert len(service.asked) == 2 * asked


def test_what_was_missing_is_asked_again(service: Service, tmp_path: Path) -> None:
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].status == "missing"
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].status == "found"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"version": 1}', b"\xff", b"cut"])
def test_a_damaged_cache_is_rebuilt(service: Service, tmp_path: Path, damage: bytes) -> None:
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    verify([cited("doi", KNEE)], asking(service, tmp_path))
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[:-20] if damage == b"cut" else damage)
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].status == "found"
    assert json.loads(file.read_bytes())["record"] == json.loads(whole)["record"]


def test_a_kept_record_of_another_form_is_replaced(service: Service, tmp_path: Path) -> None:
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    Cache(tmp_path, days=1).put(f"doi:{KNEE}", {"title": "old form"})
    assert verify([cited("doi", KNEE)], asking(service, tmp_path))[0].record.title == TITLE


def test_an_interrupted_write_leaves_the_old_answer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path, days=1)
    cache.put("key", {"title": "old"})

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            cache.put("key", {"title": "new"})
    assert cache.get("key") == {"title": "old"}


def test_without_a_place_to_write_nothing_is_kept(service: Service, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    service.answers[f"works/{KNEE}"] = [crossref(KNEE, TITLE, 2019)]
    assert verify([cited("doi", KNEE)], asking(service, tmp_path / "file"))[0].status == "found"
