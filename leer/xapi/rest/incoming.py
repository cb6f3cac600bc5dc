"""Statements and attachments from the body of a request (Communication, 1.5 and 2.1)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from leer.xapi.rest import multipart
from leer.xapi.rest.http import JSON, Request, bad_request, refuse_encoded
from leer.xapi.statements import signatures
from leer.xapi.statements.checking import Fact, Refused, check_body, check_one

HASHES = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}


@dataclass(frozen=True)
class Incoming:
    """Statements that were found good, and the bytes of their attachments by SHA-2."""

    facts: Sequence[Fact]
    files: Mapping[str, bytes]


def read(request: Request, *, version: str, put_as: UUID | None = None) -> Incoming:
    """What a request brings; with ``put_as`` one statement, which has this id.

    Raises ``Problem``.
    """
    body, parts = _body_and_parts(request)
    try:
        if put_as is None:
            facts = check_body(body, version=version)
        else:
            facts = [check_one(body, version=version, identity=put_as)]
        return Incoming(facts, _checked_files(facts, dict(map(_file, parts))))
    except Refused as error:
        raise bad_request(str(error)) from error


def _body_and_parts(request: Request) -> tuple[bytes, Sequence[multipart.Part]]:
    refuse_encoded(request)
    if request.content_type == JSON:
        return request.body, ()
    if request.content_type != multipart.TYPE:
        raise bad_request(f"the Content-Type is {JSON} or {multipart.TYPE}")
    first, *rest = multipart.read(request.headers["content-type"], request.body)
    if first.headers.get("content-type", "").partition(";")[0].strip().lower() != JSON:
        raise bad_request(f"the first part has the statements, as {JSON}")
    return first.body, rest


def _file(part: multipart.Part) -> tuple[str, bytes]:
    if part.headers.get("content-transfer-encoding", "").lower() != "binary":
        raise bad_request("an attachment part has Content-Transfer-Encoding: binary")
    said = part.headers.get("x-experience-api-hash", "").lower()
    algorithm = HASHES.get(len(said))
    if not algorithm:
        raise bad_request("an attachment part has X-Experience-API-Hash, the SHA-2 of its content")
    if algorithm(part.body).hexdigest() != said:
        raise bad_request(f"the content of an attachment part does not have the hash {said}")
    return said, part.body


def _checked_files(facts: Sequence[Fact], files: dict[str, bytes]) -> dict[str, bytes]:
    """Each attachment is in a part or at an address, and each part belongs to a statement."""
    attachments = [one for fact in facts for one in fact.attachments]
    if not attachments and not files:
        return files
    named = {one.sha2.lower() for one in attachments}
    if strangers := files.keys() - named:
        raise bad_request(f"no statement has an attachment with the hash {min(strangers)}")
    for fact in facts:
        for sha2 in fact.files:
            if sha2.lower() not in files:
                raise bad_request(
                    f"the attachment {sha2} has no fileUrl, and no part has its bytes"
                )
    for fact in facts:
        _verify_signatures(fact, files)
    return files


def _verify_signatures(fact: Fact, files: Mapping[str, bytes]) -> None:
    for one in fact.attachments:
        if one.usageType == signatures.USAGE and one.sha2.lower() in files:
            if one.contentType != signatures.CONTENT_TYPE:
                raise bad_request(f"a signature has the contentType {signatures.CONTENT_TYPE}")
            signatures.verify(fact.text + b"}", files[one.sha2.lower()])
