"""What a target would not take, and offering it once more after something was put right."""

from http import HTTPStatus
from uuid import UUID

from leer.xapi.forwarding.delivering import back_off, held, keep_refusal
from leer.xapi.forwarding.parcels import Parcel
from leer.xapi.forwarding.sending import Line, TargetUnwell, Verdict
from leer.xapi.models import ForwardRefusal, ForwardTarget
from leer.xapi.selectors import place_of
from leer.xapi.transfer.reading import portion


class Busy(Exception):
    """A worker has this target now."""


def try_again(target: ForwardTarget) -> tuple[int, int]:
    """Send what was refused once more: how many were taken, and how many still are not.

    What is not in the ledger any more, or was there already, is forgotten. Raises
    ``TargetUnwell`` and ``Busy``.
    """
    with held(target.pk) as is_mine:
        if not is_mine:
            raise Busy
        try:
            return _try_again(target, Line(target))
        except TargetUnwell as trouble:
            back_off(target.pk, trouble)
            raise


def _try_again(target: ForwardTarget, line: Line) -> tuple[int, int]:
    taken = left = 0
    for refusal in list(target.refusals.order_by("pk")):
        if _is_settled(target, line, refusal):
            refusal.delete()
            taken += 1
        else:
            left += 1
    return taken, left


def _is_settled(target: ForwardTarget, line: Line, refusal: ForwardRefusal) -> bool:
    parcel = _parcel(refusal.statement_id)
    if parcel is None or refusal.status == HTTPStatus.CONFLICT:
        return True
    answer = line.post(parcel)
    if answer.verdict is Verdict.REFUSED:
        keep_refusal(target.pk, parcel, answer)
    return answer.verdict is not Verdict.REFUSED


def _parcel(statement_id: UUID) -> Parcel | None:
    """This one statement, if it is still here and may leave."""
    place = place_of(statement_id)
    if place is None:
        return None
    found = portion(after=place - 1, before=place + 1, count=1).statements
    return Parcel(found) if found else None
