"""Fill an empty Leer with the demo organisation and content; doing it again changes nothing."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leer.accounts.models import User
from leer.demo import council, history, programme, risk, strand
from leer.demo.sign_ins import PASSWORD
from leer.monitoring.tasks import count_figures
from leer.progress.models import ModuleProgress

SERVED = timedelta(days=150)
FOLDER = Path(__file__).resolve().parent.parent.parent / "organisatie"


class Command(BaseCommand):
    help = "Laadt de voorbeeldorganisatie, de inhoud en wat er al geleerd is."

    def handle(self, *args: Any, **options: Any) -> None:
        if ModuleProgress.objects.exists():
            return
        if strangers := User.objects.filter(external_id__isnull=True).count():
            raise CommandError(
                f"Hier zijn al {strangers} accounts die niet van de voorbeeldorganisatie zijn."
                " Het voorbeeld komt nooit tussen echte mensen."
            )
        self._step("Voorbeeldorganisatie inlezen …")
        began = timezone.localdate() - SERVED  # who leads a team has done so for a while
        call_command(
            "organisation_import", str(FOLDER), password=PASSWORD, date=began, stdout=self.stdout
        )
        council.make()
        self._step("Scenario's inlezen …")
        call_command("scenarios_load", publish=True, stdout=self.stdout)
        self._step("Inhoud inlezen …")
        call_command("content_load", stdout=self.stdout)
        self._step("Eerste golf naspelen …")
        self._step(f"  {history.make()} mensen zijn begonnen")
        self._step("Risicoprofielen maken …")
        self._step(f"  {risk.make()} teams hebben een profiel")
        self._step("Programma met plan maken …")
        self._step(f"  {programme.make()} bijeenkomsten zijn gepland")
        self._step(f"  {strand.make()} modules staan klaar voor een volgend programma")
        self._step("Cijfers tellen …")
        count_figures.func(timezone.localdate().isoformat())

    def _step(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
