"""What tests of content share."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def media(tmp_path: Path, settings: Any) -> Path:
    """Where uploads go in this test."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
