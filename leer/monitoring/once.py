"""A mail to one person, once a day at most, whatever it is about and whatever is killed."""

import logging
from collections.abc import Callable
from datetime import date

from django.core.mail import EmailMessage

from leer.accounts.models import User
from leer.monitoring.models import Digest, DigestState

logger = logging.getLogger(__name__)


def send_once(user: User, day: date, write: Callable[[], EmailMessage]) -> int:
    """Claim this person's mail of the day (committed), write and send it; 1 when it left.

    Whoever is claimed already is passed over. Whatever ails one mail, the others still leave.
    """
    digest, claimed = Digest.objects.get_or_create(user=user, day=day)
    if not claimed:
        return 0
    try:
        write().send()
    except Exception as error:
        logger.error("digest %s did not leave: %s", digest.pk, type(error).__name__)
        return 0
    Digest.objects.filter(pk=digest.pk).update(state=DigestState.SENT)
    return 1
