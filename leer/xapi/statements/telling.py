"""What is wrong with a statement, in words that its sender understands."""

from leer.xapi.statements import formats

_FORMS = {
    formats.IRI: "an IRI, such as https://example.org/part",
    formats.MAILTO: "an address, such as mailto:somebody@example.org",
    formats.SHA1: "a SHA-1 hash: 40 hexadecimal digits",
    formats.SHA2: "a SHA-2 hash: 64 hexadecimal digits for SHA-256",
    formats.UUID: "a UUID, such as 12345678-1234-5678-1234-567812345678",
    formats.LANGUAGE: "a language tag, such as nl or en-US",
    formats.VERSION: "a version, such as 1.0.3 or 2.0.0",
    formats.MEDIA_TYPE: "a media type, such as text/plain",
}


def told(error: Exception) -> str:
    """The text of this error, with each form that a value must have in words."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    text = str(error)
    for form, words in _FORMS.items():
        text = text.replace(f"`str` matching regex {form!r}", words)
    return text
