"""Each settings module imports, and production is as safe as Django can tell."""

import os
import subprocess
import sys

import pytest

PRODUCTION = {
    "LEER_SECRET_KEY": "x9!" * 25 + "long-enough-and-varied-0123456789",
    "LEER_HOSTS": "leer.example",
    "DATABASE_URL": "postgres://leer@localhost/leer",
    "DJANGO_SETTINGS_MODULE": "leer.settings.production",
}


@pytest.mark.parametrize("name", ["development", "test", "production"])
def test_settings_module_imports(name: str) -> None:
    code = f"import leer.settings.{name}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | PRODUCTION,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_check_deploy_finds_nothing_in_production() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        env=os.environ | PRODUCTION,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
