"""Services on this machine, which no proxy stands before."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.references.verify.services import Service


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    yield service
    service.close()
