from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Short pauses, and no settings of the tester's."""
    monkeypatch.setattr("lorebox._retry._FIRST_DELAY", 0.001)
    monkeypatch.delenv("LOREBOX_URL", raising=False)
    monkeypatch.delenv("LOREBOX_API_KEY", raising=False)
