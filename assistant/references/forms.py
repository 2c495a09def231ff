"""Stub."""

from dataclasses import dataclass

from assistant.references.reference import Form, Reference


@dataclass(frozen=True, slots=True)
class Written:
    """Stub."""

    text: str
    missing: tuple[str, ...] = ()


def write(reference: Reference, form: Form) -> Written:
    """Stub."""
    h = reference.pinpoint.headings
    ends = [x for x in (h[0], h[-1])] if h else []
    return Written("".join(f"「{n}」" for n in dict.fromkeys((reference.publication.title, *ends))))
