"""Compiled translations without GNU gettext: polib writes what Django reads."""

from pathlib import Path

import polib
from django.conf import settings


def compile_all() -> list[Path]:
    """Compile each catalogue whose text is newer than its compiled form; returns those."""
    catalogues = [po for folder in settings.LOCALE_PATHS for po in Path(folder).rglob("*.po")]
    stale = [po for po in catalogues if _is_stale(po, po.with_suffix(".mo"))]
    for po in stale:
        polib.pofile(str(po)).save_as_mofile(str(po.with_suffix(".mo")))
    return stale


def _is_stale(po: Path, mo: Path) -> bool:
    return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime
