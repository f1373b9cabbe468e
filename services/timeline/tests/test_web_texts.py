"""Every text of the pages is there in both languages, is used, and takes the same parameters in both."""

import re
import string
from pathlib import Path
from typing import get_args

import pytest

from services.timeline import asking, changes, evidence, history, model, plan
from services.timeline.concurrency import Verdict
from services.timeline.matrix import MEETINGS
from services.timeline.meanings import MEANINGS
from services.timeline.pages import grouping, initiative, overview, spans, status, timeline
from services.timeline.pages import plan as plan_page
from services.timeline.pages.address import SCENARIO, STATE
from services.timeline.pages.parameters import LABELS, VALUES, label
from services.timeline.pages.speaker import Speaker
from services.timeline.pages.texts import PARTS, TEXTS
from services.timeline.related import HEADINGS
from services.timeline.web import frame
from services.timeline.web.calendar import FeedSchema
from shared.fields import Schema
from shared.problems import Language

TIMELINE = Path(__file__).parents[1]
SHARED = TIMELINE.parents[1] / "shared" / "pages" / "templates" / "common"
SOURCES = [
    *(TIMELINE / "pages").glob("*.py"),
    *(TIMELINE / "web").glob("*.py"),
    *(TIMELINE / "templates" / "pages").glob("*.html"),
    SHARED / "frame.html",
]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)

# Keys that are put together from a word of the model: the beginning, and every word that can follow.
MADE = {
    "state": overview.STATES,
    "status": [
        *("planned", "proposed", "anchored", "started", "completed", "discontinued", "cancelled"),
        *("published", "withdrawn"),
    ],
    "event": [
        type_.removeprefix("samtidig.").rpartition(".")[0]
        for type_ in MEANINGS
        if type_.split(".")[1].endswith("initiative")
    ],
    "kind": ["purpose", "characteristic", "objective", "unresolved"],
    "audience": ["employees", "leaders", "top_leaders", "organisations", "residents"],
    "where": ["styringsdialog", "fagdialog", "medbestemmelse"],
    "basis": ["actual", "planned"],
    "basis.note": ["actual", "planned"],
    "basis.short": ["actual", "planned"],
    "standing": list(asking.STANDINGS),
    "because": ["goal", "support", "both"],
    "verdict": list(get_args(Verdict)),
    "initiative": [*HEADINGS, *initiative.TOLD.values(), "communication", "effects"],
    "counts": list(evidence.RESTS_ON),
    "report": ["on_track", "at_risk", "off_track"],
    "sum": ["concurrent", "adjacent", "sequential"],
    "gap": ["central_only", "local_only"],
    "gaps.sort": list(asking.GAP_ORDERS),
    "plan.meeting": list(plan.MEETINGS),
    "plan.word": list(plan.MEETINGS),
    "plan.not_counted": [word for word in plan.MEETINGS if word not in plan.COUNTED],
    "plan.column": list(plan_page.COLUMNS),
    "plan.status": ["drafted", "adopted", "closed"],
    "plan.event": [
        type_.removeprefix("samtidig.action-plan.").rpartition(".")[0]
        for type_ in MEANINGS
        if type_.startswith("samtidig.action-plan.") and not type_.endswith((".drafted.v1", ".adopted.v1"))
    ],
    "take": ["pdf", "svg", "png", "xlsx", "csv", "json", "calendar"],
    "topic": [topic.removesuffix(".events") for topic in model.TOPICS],
    "aside": [f"{reason}{part}" for reason in status.REASONS for part in ("", ".means", ".do")],
    "freshness": [
        *("source", "caught_up", "newest", "waiting", "what", "event", "since", "behind", "detail"),
    ],
    "further": list(frame.FURTHER),
    "gap.nobody": ["central_only", "local_only"],
    "gap.move": ["central_only", "local_only"],
    "unresolved": ["goal", "sector", "agency", "initiative"],
    "changes": list(changes.KINDS),
    "changes.kind": list(changes.KINDS),
    "what_if": ["move", "drop", "add.local", "add.central", "start", "end"],
    "what_if.state": ["before", "after"],
    **{f"what_if.{name}": list(asking.WHATS) for name in ("form", "do", "did")},
    "changes.moved": ["start", "end"],
    "overview": ["together", "concurrent", "together.strong", "concurrent.strong"],
    "by_sector": ["together", "concurrent", "days", "local"],
    "known": [*overview.NOT_COUNTED, *overview.UNRESOLVED],
    "legend": [
        *("central", "local", "both", "activity", "nothing", "open", "today"),
        *("strip", "gap", "participation", "cells", "dim"),
    ],
    "meeting": MEETINGS,
    "lanes": list(grouping.LANES),
    "lane.met": list(get_args(timeline.Of)),
    "table.met": list(get_args(timeline.Of)),
    "span": list(spans.KINDS),
    "lane": list(timeline.FURTHER),
    "phase": ["idea", "plan", "development"],
    "who": ["residents", "employees", "organisations", "safety_representatives"],
    "table": [
        *("initiative", "where", "goals", "status", "period", "common"),
        *timeline.FURTHER,
        *(name for columns in timeline.FURTHER.values() for name in columns),
    ],
    "history": ["when", "what", "changed", "reason"],
    "fact": [
        *re.findall(r'^        \("(\w+)", ', (TIMELINE / "pages" / "initiative.py").read_text(), re.MULTILINE),
        *(set(history.FIELDS) - {"planned_start", "planned_end", "status"}),
        *("planned", "actual", "within"),
    ],
}
MADE_KEYS = {f"{beginning}.{word}" for beginning, words in MADE.items() for word in words}
COUNTED = {key.removesuffix(".one") for key in TEXTS if key.endswith(".one")}


def literal_keys() -> set[str]:
    """Every text in quotes that is a key, or the beginning of a pair that is counted."""
    quoted = set(re.findall(r'"([a-z_]+(?:\.[a-z_0-9]+)*)"', CODE)) | set(
        re.findall(r"'([a-z_]+(?:\.[a-z_0-9]+)*)'", CODE)
    )
    return quoted & (set(TEXTS) | COUNTED)


def used() -> set[str]:
    keys = literal_keys() | {key for key in MADE_KEYS if key in TEXTS or key in COUNTED}
    return {key for key in keys if key in TEXTS} | {f"{key}.{n}" for key in keys & COUNTED for n in ("one", "other")}


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", TEXTS)
def test_a_text_is_there_in_both_languages_with_the_same_parameters(key: str) -> None:
    norwegian, english = TEXTS[key]
    assert norwegian.strip()
    assert english.strip()
    assert parameters(norwegian) == parameters(english)


OF_THE_API = {"limit", "all_sectors"}
"""What no page reads from its address, of the schemas that pages share with the API."""


def parameters_of_pages() -> set[str]:
    schemas: list[type[Schema]] = [asking.WindowedSchema, asking.KnownSchema, FeedSchema]
    for schema in schemas:
        schemas += schema.__subclasses__()
    read = {field.data_key or name for schema in schemas for name, field in schema().fields.items()}
    kept = {name for own in frame.OWN.values() for name in own}
    return (read - OF_THE_API) | kept | {*STATE, *SCENARIO} - {"lang"}


def test_every_parameter_that_a_page_reads_has_a_label_and_every_label_a_parameter() -> None:
    assert parameters_of_pages() == set(LABELS)
    assert set(VALUES) <= set(LABELS)
    assert label("focus", Speaker("nb")) == "Tiltak i fokus"


def test_no_text_stands_in_two_parts() -> None:
    assert sum(map(len, PARTS)) == len(TEXTS)


def test_no_text_is_missing() -> None:
    asked = set(re.findall(r"""\b(?:say|speaker)\(\s*["']([a-z_0-9.]+)["']""", CODE))
    asked |= {
        f"{key}.{n}" for key in re.findall(r"""\.count\(\s*["']([a-z_0-9.]+)["']""", CODE) for n in ("one", "other")
    }
    assert {key for key in asked if key not in TEXTS and not key.endswith(".")} == set()
    assert {key for key in MADE_KEYS if key not in TEXTS and key not in COUNTED} == set()


def test_no_text_is_left_over() -> None:
    assert set(TEXTS) - used() == set()


def test_what_is_counted_has_one_and_other() -> None:
    assert {f"{key}.{n}" for key in COUNTED for n in ("one", "other")} <= set(TEXTS)


NUMBERS: list[tuple[Language, list[str]]] = [
    ("nb", ["1 dag", "1 234 dager", "41 %", "< 1 %", "99 %", "100 %"]),
    ("en", ["1 day", "1,234 days", "41%", "< 1%", "99%", "100%"]),
]


@pytest.mark.parametrize(("language", "expected"), NUMBERS)
def test_numbers_are_by_locale_and_a_share_is_never_rounded_to_nothing_or_all(
    language: Language, expected: list[str]
) -> None:
    say = Speaker(language)
    shares = [say.percent(share) for share in (0.41, 0.001, 0.999, 1.0)]
    assert [text.replace("\xa0", " ") for text in (say.count("days", 1), say.count("days", 1234), *shares)] == expected
