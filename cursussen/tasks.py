"""Background work of the content."""

from celery import shared_task
from django.tasks import task
from django.utils import timezone

from cursussen import scheduling
from cursussen.models import Picture
from cursussen.models.picture import USUAL_SPECS


@task()
def make_renditions(picture_id: int) -> None:
    """Make the sizes of a picture that pages ask for, before anybody does.

    Idempotent: sizes that are there stay; a picture that is gone is no error.
    """
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is not None:
        picture.get_renditions(*USUAL_SPECS)


@task()
def look_for_faces(picture_id: int) -> None:
    """Propose to the editor what of a picture had better go. What was judged, or proposed before,
    stays as it is. Idempotent; a picture that is gone is no error.
    """
    from cursussen.faces.proposing import propose  # the networks are large: only the worker

    picture = Picture.objects.filter(pk=picture_id, judged_at=None, proposal__isnull=True).first()
    if picture is not None:
        propose(picture)


@shared_task
def publish_on_time() -> None:
    """Pages whose moment to come or go has passed."""
    scheduling.publish_and_expire(timezone.now())
