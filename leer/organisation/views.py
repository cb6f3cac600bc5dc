"""The pages for an administrator who brings the organisation in."""

from collections.abc import Iterable, Iterator
from typing import cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leer.accounts.models import User
from leer.core.models import Job
from leer.organisation import pages, tasks
from leer.organisation.deputies import end
from leer.organisation.forms import ImportForm
from leer.organisation.importing import runs
from leer.organisation.models import Deputyship, ImportRun
from leer.organisation.selectors import deputyships
from leer.privacy import api as privacy

MOST_RUNS = 50
SECONDS_TO_REFRESH = 2
QUIET = "stil"  # in the address: do not refresh by itself


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def imports(request: HttpRequest) -> HttpResponse:
    """All imports, and the form for the next."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        return redirect("organisation:import", _begin(request, form).pk)
    runs.fail_abandoned()
    found = ImportRun.objects.select_related("created_by").defer("files", "preview", "errors")
    context = {"form": form, "runs": found[:MOST_RUNS]}
    status = 422 if form.is_bound else 200
    return render(request, "organisation/imports.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def import_run(request: HttpRequest, run_id: UUID) -> HttpResponse:
    """One import: how far it is, what would change, and the buttons to go on."""
    runs.fail_abandoned()
    run = get_object_or_404(ImportRun.objects.select_related("created_by"), pk=run_id)
    if request.method == "POST":
        _act(request, run)
        return redirect("organisation:import", run.pk)
    job = Job.objects.filter(pk=run.job_id).first() if run.is_busy and run.job_id else None
    refreshes = run.is_busy and QUIET not in request.GET
    if not run.is_busy:
        privacy.looked_at_everybody(cast(User, request.user), "organisation:import")
    context = pages.import_page(run, job) | {"refreshes": refreshes}
    response = render(request, "organisation/import.html", context)
    if refreshes:
        # Works without JavaScript; the page says how to stop it (WCAG 2.2.1).
        response["Refresh"] = str(SECONDS_TO_REFRESH)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def deputies(request: HttpRequest) -> HttpResponse:
    """Who stands in for whom, everywhere; and the button to end it."""
    by = cast(User, request.user)
    if request.method == "POST":
        number = request.POST.get("deputyship", "")
        found = get_object_or_404(Deputyship, pk=int(number) if number.isdecimal() else 0)
        end(found, by=by)
        messages.success(request, _("De vervanging is beëindigd."))
        return redirect("organisation:deputies")
    privacy.looked(by, "organisation:deputies", _whose(rows := list(deputyships())))
    return render(request, "organisation/deputies.html", {"deputies": rows})


def _whose(rows: Iterable[Deputyship]) -> Iterator[int]:
    for row in rows:
        yield from (row.user_id, row.appointed_by_id)


def _begin(request: HttpRequest, form: ImportForm) -> ImportRun:
    return tasks.begin(
        by=cast(User, request.user),
        files=form.texts,
        on=form.cleaned_data["effective_on"],
        complete=form.cleaned_data["complete"],
    )


def _act(request: HttpRequest, run: ImportRun) -> None:
    """The button that was pressed; what it may do depends on the run, not on the page."""
    seen = request.POST.get("seen", "")
    actions = {
        "apply": lambda: tasks.ask_apply(run, seen=seen, skip_errors=False),
        "apply_skipping": lambda: tasks.ask_apply(run, seen=seen, skip_errors=True),
        "again": lambda: tasks.ask_plan_again(run),
    }
    action = actions.get(request.POST.get("action", ""))
    try:
        if action:
            action()
    except ValidationError as error:
        for text in error.messages:
            messages.error(request, text)
