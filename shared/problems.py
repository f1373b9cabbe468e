"""Errors as RFC 9457 problem documents: all faults at once, each with a stable code and a sentence in two languages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Language = Literal["nb", "en"]

CONTENT_TYPE = "application/problem+json"

Sentences = Mapping[str, tuple[str, str]]
"""Stable code → sentence in bokmål, sentence in English; `code.value` → what that value of a parameter is called."""

SENTENCES: Sentences = {
    "not-found": ("Det finnes ingenting her med denne id-en.", "There is nothing here with this id."),
    "method-not-allowed": ("Denne adressen kan ikke brukes slik.", "This address can't be used that way."),
    "invalid": ("Innholdet har feil. Ingenting er lagret.", "The content has faults. Nothing was stored."),
    "asked-wrongly": ("Adressen spør om noe som ikke går an.", "The address asks for something impossible."),
    "not-json": ("Innholdet må være JSON (application/json).", "The content must be JSON (application/json)."),
    "malformed-json": ("Innholdet er ikke gyldig JSON.", "The content is not valid JSON."),
    "too-large": (
        "Innholdet er større enn grensen på {limit} byte.",
        "The content is over the limit of {limit} bytes.",
    ),
    "rule": ("En regel er brutt. Ingenting er lagret.", "A rule was broken. Nothing was stored."),
    "stream-changed": (
        "Noen andre endret dette samtidig. Hent det på nytt og prøv igjen.",
        "Somebody else changed this at the same time. Fetch it again and retry.",
    ),
    "version-mismatch": (
        "Dette er endret siden du hentet det: det er nå versjon {version}.",
        "This has changed since you fetched it: it is now version {version}.",
    ),
    "if-match-malformed": (
        'If-Match må være en versjon i anførselstegn, som "3", eller *.',
        'If-Match must be a version in quotes, such as "3", or *.',
    ),
    "key-reused": (
        "Idempotency-Key er brukt før, med et annet innhold.",
        "The Idempotency-Key was used before, with another request.",
    ),
    "key-too-long": ("Idempotency-Key kan ha høyst 200 tegn.", "An Idempotency-Key has at most 200 characters."),
    "unavailable": (
        "Databasen svarer ikke akkurat nå. Ingenting er lagret. Prøv igjen om litt.",
        "The database can't be reached right now. Nothing was stored. Try again shortly.",
    ),
    "outcome-unknown": (
        "Forbindelsen til databasen ble brutt mens kommandoen ble lagret. Send den på nytt med samme Idempotency-Key.",
        "The database was lost from sight while the command was stored. Send it again with the same Idempotency-Key.",
    ),
    "internal": ("Noe gikk galt hos oss. Feilen er loggført.", "Something went wrong on our side. It has been logged."),
    "event-too-large": ("Teksten er for lang til å kunne sendes videre.", "The text is too long to be passed on."),
    "import-refused": ("Filen har feil. Ingenting er lagret.", "The file has faults. Nothing was stored."),
    "file-missing": ("Skjemaet mangler delen «file».", "The form lacks the part «file»."),
    "dry-run-malformed": ("dry_run må være true eller false.", "dry_run must be true or false."),
    "faulty-malformed": ("faulty må være refuse eller skip.", "faulty must be refuse or skip."),
    "column-malformed": (
        "column må skrives som <kolonnenavn i filen>:<kolonne>.",
        "column must be written as <header in the file>:<column>.",
    ),
    "cursor-malformed": ("Markøren er ikke en som vi har gitt ut.", "The cursor is not one that we gave out."),
    # faults of fields
    "required": ("Må fylles ut.", "Must be given."),
    "unknown-field": ("Dette feltet finnes ikke.", "There is no such field."),
    "wrong-type": ("Feil type: skal være {detail}.", "Wrong type: must be {detail}."),
    "wrong-type.number": ("et heltall", "a whole number"),
    "wrong-type.text": ("tekst", "text"),
    "wrong-type.id": ("en id eller et navn", "an id or a name"),
    "wrong-type.list": ("en liste", "a list"),
    "wrong-type.object": ("et objekt", "an object"),
    "wrong-type.true, false": ("true eller false", "true or false"),
    "control-character": (
        "Teksten har et styretegn som ikke kan vises. Skriv den på nytt.",
        "The text holds a control character that can't be shown. Write it anew.",
    ),
    "not-a-year": ("Ikke et årstall; skriv det som 2018.", "Not a year; write it as 2018."),
    "not-an-amount": (
        "Ikke et beløp i hele kroner; skriv det som 250000.",
        "Not an amount in whole kroner; write it as 250000.",
    ),
    "not-a-date": (
        "Ikke en dato som finnes; skriv den som 2018-05-31.",
        "Not a date that exists; write it as 2018-05-31.",
    ),
    "not-a-choice": ("Må være en av: {choices}.", "Must be one of: {choices}."),
    "too-long": ("Høyst {maximum} tegn.", "At most {maximum} characters."),
    "empty": ("Kan ikke være tom.", "Can't be empty."),
    "out-of-range": ("Må være mellom {minimum} og {maximum}.", "Must be between {minimum} and {maximum}."),
    "end-before-start": ("Slutten er før starten.", "The end is before the start."),
    "invalid-value": ("Verdien er ikke gyldig her.", "This value is not valid here."),
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong. `pointer` is a JSON pointer into the request (RFC 6901), empty for the whole of it."""

    pointer: str
    code: str
    message: str


def sentence(code: str, language: Language, sentences: Sentences = SENTENCES, **parameters: object) -> str:
    """The sentence of a code. A code without one is shown as it is: a test sees to it that there is none.

    A value that has a name is called by it, others speak for themselves.
    """
    known = {**SENTENCES, **sentences}
    if code not in known:
        return code
    place = 0 if language == "nb" else 1
    said = {name: known.get(f"{code}.{value}", (value, value))[place] for name, value in parameters.items()}
    return known[code][place].format(**said)


def document(
    status: int,
    code: str,
    language: Language,
    *,
    errors: Iterable[Mapping[str, Any]] = (),
    sentences: Sentences = SENTENCES,
    said: str | None = None,
    **parameters: object,
) -> dict[str, Any]:
    """The body of a problem document. `code` names the kind of problem; each fault has its own.

    said: the code of its sentence, where that isn't the problem's own.
    """
    return {
        "type": f"urn:samtidig:problem:{code}",
        "title": sentence(said or code, language, sentences, **parameters),
        "status": status,
        "code": code,
        "errors": list(errors),
    }
