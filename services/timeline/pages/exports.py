"""Rows for spreadsheets: the facts that the pages show, one column each. Days are inclusive, shares are 0 to 1."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.timeline import runs
from services.timeline.pages.changes import difference
from services.timeline.pages.learning import goals_of, sector_of
from services.timeline.pages.names import Named, Names
from services.timeline.pages.source import event_name
from services.timeline.pages.speaker import OSLO, Speaker
from services.timeline.what_if import Found, reference
from shared.exporting import Format
from shared.importing.columns import Column

Row = Mapping[str, Any]

LONG = 4_000
"""Characters that a text may have; such a column is a wide one."""
DECIMALS = 4


def _column(name: str, bokmal: str, *, many: bool = False, wide: bool = False) -> Column:
    """A column that is only written."""
    return Column(name, str, many=many, maximum=LONG if wide else 300, aliases=(bokmal,))


TIMELINE = (
    _column("side", "side"),
    _column("sector_code", "sektorkode"),
    _column("sector", "sektor"),
    _column("agency", "virksomhet"),
    _column("area", "område"),
    _column("plan_year", "planår"),
    _column("external_id", "ekstern id"),
    _column("title", "tittel", wide=True),
    _column("goals", "mål", many=True),
    _column("status", "status"),
    _column("from", "fra"),
    _column("to", "til"),
    _column("open", "åpen start eller slutt"),
    _column("planned_from", "planlagt fra"),
    _column("planned_to", "planlagt til"),
    _column("actual_from", "startet"),
    _column("actual_to", "avsluttet"),
    _column("common_days", "felles dager"),
    _column("common_periods", "felles perioder", many=True, wide=True),
    _column("channel", "kanal"),
    _column("audiences", "målgrupper", many=True),
    _column("id", "id"),
)
MATRIX = (
    _column("goal_code", "målkode"),
    _column("goal", "måltittel", wide=True),
    _column("sector_code", "sektorkode"),
    _column("sector", "sektor"),
    _column("state", "tilstand"),
    _column("degree", "grad"),
    _column("coverage", "dekning"),
    _column("common_days", "felles dager"),
    _column("central_days", "dager sentralt"),
    _column("local_days", "dager lokalt"),
    _column("central_initiatives_dated", "sentrale tiltak"),
    _column("local_initiatives_dated", "lokale tiltak"),
    _column("local_undated", "lokale uten dato"),
)
GAPS = (
    _column("goal_code", "målkode"),
    _column("goal", "måltittel", wide=True),
    _column("sector_code", "sektorkode"),
    _column("sector", "sektor"),
    _column("one_side_only", "bare én side"),
    _column("from", "fra"),
    _column("to", "til"),
    _column("days", "dager"),
    _column("nearest", "nærmeste tiltak", wide=True),
    _column("nearest_from", "nærmeste fra"),
    _column("nearest_to", "nærmeste til"),
    _column("move_days", "flyttes dager"),
    _column("common_days", "felles dager"),
    _column("common_days_after", "felles dager etter flytting"),
    _column("nearest_id", "nærmeste id"),
)
CHANGES = (
    _column("change", "endring"),
    _column("side", "side"),
    _column("sector_code", "sektorkode"),
    _column("sector", "sektor"),
    _column("external_id", "ekstern id"),
    _column("title", "tittel", wide=True),
    _column("from_before", "fra før"),
    _column("to_before", "til før"),
    _column("from_after", "fra etter"),
    _column("to_after", "til etter"),
    _column("changed", "endret", many=True, wide=True),
    _column("events", "hendelser", many=True, wide=True),
    _column("reasons", "begrunnelser", many=True, wide=True),
    _column("id", "id"),
)
LEARNING = (
    _column("shared_on", "delt"),
    _column("sector_code", "sektorkode"),
    _column("sector", "sektor"),
    _column("agency", "virksomhet"),
    _column("initiative_external_id", "tiltak ekstern id"),
    _column("initiative", "tiltak", wide=True),
    _column("goals", "mål", many=True),
    _column("text", "erfaring", wide=True),
    _column("tags", "stikkord", many=True),
    _column("initiative_id", "tiltak id"),
)
PLAN = (
    _column("plan_year", "planår"),
    _column("area", "område"),
    _column("external_id", "ekstern id"),
    _column("title", "tittel", wide=True),
    _column("goals", "mål", many=True),
    _column("audiences", "målgrupper", many=True),
    _column("responsible", "ansvarlig"),
    _column("from", "fra"),
    _column("to", "til"),
    _column("planned_from", "planlagt fra"),
    _column("planned_to", "planlagt til"),
    _column("budget", "budsjett"),
    _column("status", "status"),
    _column("reported_status", "meldt status"),
    _column("reported_sentence", "meldt", wide=True),
    _column("effect", "virkning", wide=True),
    _column("local_work", "lokalt arbeid"),
    _column("common_days", "felles dager"),
    _column("common_periods", "felles perioder", many=True, wide=True),
    _column("sectors_at_the_same_time", "sektorer samtidig"),
    _column("sectors_together", "sektorer sammen"),
    _column("id", "id"),
)
WHAT_IF = (
    _column("change", "endring"),
    _column("side", "side"),
    _column("sector_code", "sektorkode"),
    _column("sector", "sektor"),
    _column("reference", "referanse"),
    _column("title", "tittel", wide=True),
    _column("goal_code", "målkode"),
    _column("goal", "måltittel", wide=True),
    _column("from_before", "fra før"),
    _column("to_before", "til før"),
    _column("from_after", "fra etter"),
    _column("to_after", "til etter"),
    _column("id", "id"),
)


@dataclass(frozen=True, slots=True)
class Telling:
    """What all rows are made with."""

    names: Names
    speaker: Speaker
    form: Format

    def share(self, value: float | None) -> float | str | None:
        """A number in a workbook; in CSV with the decimal comma that a Norwegian spreadsheet reads."""
        if value is None:
            return None
        rounded = round(value, DECIMALS)
        return f"{rounded:.{DECIMALS}f}".replace(".", ",") if self.is_norwegian_csv else rounded

    @property
    def is_norwegian_csv(self) -> bool:
        return self.form == "csv" and self.speaker.language == "nb"

    def goals(self, ids: Iterable[UUID]) -> tuple[str, ...]:
        return tuple(goal.short for goal in map(self.names.goal, ids))

    def place(self, goal: UUID, sector: UUID | None) -> dict[str, str | None]:
        """Which cell; a null sector is all of them together."""
        named = self.names.goal(goal)
        where = self.names.sector(sector) if sector else None
        return {
            "goal_code": named.code,
            "goal": named.name,
            "sector_code": _code(where) if where else None,
            "sector": where.name if where else self.speaker("matrix.all.long"),
        }


def bar(row: Row, tell: Telling) -> Row:
    """An initiative: when it runs in full, and the days in common inside the window."""
    say = tell.speaker
    sector = tell.names.sector(row["sector"]) if row["sector"] else None
    return {
        "side": say(f"legend.{row['lane']}"),
        "sector_code": row["sector_code"],
        "sector": sector.name if sector else None,
        "agency": row["agency"],
        "area": row["area"],
        "plan_year": row["plan_year"],
        "external_id": row["external_id"],
        "title": row["title"],
        "goals": tell.goals(row["goals"]),
        "status": say(f"status.{row['status']}"),
        "from": row["start"],
        "to": row["end"],
        "open": say("legend.open") if row["open_start"] or row["open_end"] else None,
        "planned_from": row["planned_start"],
        "planned_to": row["planned_end"],
        "actual_from": row["actual_start"],
        "actual_to": row["actual_end"],
        "common_days": runs.number(runs.read(row["common"])),
        "common_periods": tuple(f"{first}/{last}" for first, last in row["common"]),
        "id": str(row["id"]),
    }


def activity(row: Row, tell: Telling) -> Row:
    say = tell.speaker
    return {
        "side": say("legend.activity"),
        "external_id": row["external_id"],
        "title": row["title"],
        "goals": tell.goals(row["goals"]),
        "status": say(f"status.{row['status']}"),
        "from": row["start"],
        "to": row["end"],
        "planned_from": row["start"],
        "planned_to": row["end"],
        "channel": row["channel"],
        "audiences": tuple(say(f"audience.{audience}") for audience in row["audiences"]),
        "id": str(row["id"]),
    }


def matrix(cells: Sequence[Row], names: Names, tell: Telling) -> Iterator[Row]:
    """In the order of the matrix on the page: goal by goal, its sectors, then all sectors together."""
    found = {(cell["goal"], cell["sector"]): cell for cell in cells}
    for goal in names.goals:
        for sector in [*names.sectors, None]:
            if cell := found.get((goal, sector)):
                yield _cell(cell, tell)


def _cell(cell: Row, tell: Telling) -> Row:
    return {
        **tell.place(cell["goal"], cell["sector"]),
        "state": tell.speaker(f"state.{cell['state']}"),
        "degree": tell.share(cell["degree"]),
        "coverage": tell.share(cell["coverage"]),
        "common_days": cell["both_days"],
        "central_days": cell["central_days"],
        "local_days": cell["local_days"],
        "central_initiatives_dated": cell["central"],
        "local_initiatives_dated": cell["local"],
        "local_undated": cell["undated"],
    }


def gap(row: Row, tell: Telling) -> Row:
    """`move_days`: + later, − earlier."""
    nearest = row["nearest"] or {}
    return {
        **tell.place(row["goal"], row["sector"]),
        "one_side_only": tell.speaker(f"state.{row['kind']}"),
        "from": row["from"],
        "to": row["to"],
        "days": row["days"],
        "nearest": nearest.get("title"),
        "nearest_from": nearest.get("start"),
        "nearest_to": nearest.get("end"),
        "move_days": row["move"],
        "common_days": row["common_days"],
        "common_days_after": row["common_days_after"],
        "nearest_id": nearest.get("id"),
    }


def change(row: Row, named: Mapping[UUID, str], tell: Telling) -> Row:
    """`named`: agencies and initiatives that came or went, by id. The periods are null where there was none, or is."""
    say = tell.speaker
    fields = (difference(found, tell.names, named, say) for found in row["fields"])
    return {
        "change": say(f"changes.kind.{row['kind']}"),
        "side": say("legend.local" if row["sector"] else "legend.central"),
        "sector_code": row["sector_code"],
        "sector": tell.names.sector(row["sector"]).name if row["sector"] else None,
        "external_id": row["external_id"],
        "title": row["title"],
        "from_before": row["old_start"],
        "to_before": row["old_end"],
        "from_after": row["new_start"],
        "to_after": row["new_end"],
        "changed": tuple(f"{name}: {before} → {after}" for name, before, after in fields),
        "events": tuple(f"{say.moment(one['recorded_at'])} {event_name(one['type'], say)}" for one in row["events"]),
        "reasons": tuple(one["reason"] for one in row["events"] if one["reason"]),
        "id": str(row["id"]),
    }


def lesson(row: Row, tell: Telling) -> Row:
    return {
        "shared_on": row["recorded_at"].astimezone(OSLO).date(),
        "sector_code": row["sector_code"],
        "sector": sector_of(row, tell.speaker),
        "agency": row["agency"],
        "initiative_external_id": row["external_id"],
        "initiative": row["title"],
        "goals": tuple(goal.short for goal in goals_of(row, tell.speaker)),
        "text": row["text"],
        "tags": tuple(row["tags"]),
        "initiative_id": str(row["initiative"]),
    }


def planned(row: Row, year: int, tell: Telling) -> Row:
    """An initiative of a plan: when it runs in full, and the days in the year on which local work meets it."""
    say = tell.speaker
    return {
        "plan_year": year,
        "area": row["area"],
        "external_id": row["external_id"],
        "title": row["title"],
        "goals": tell.goals(row["goals"]),
        "audiences": tuple(say(f"audience.{audience}") for audience in row["audiences"]),
        "responsible": row["responsible"],
        "from": row["start"],
        "to": row["end"],
        "planned_from": row["planned_start"],
        "planned_to": row["planned_end"],
        "budget": row["budget"],
        "status": say(f"status.{row['status']}"),
        "reported_status": say(f"report.{row['reported_status']}").rstrip(".") if row["reported_status"] else None,
        "reported_sentence": row["reported_sentence"],
        "effect": row["effect"],
        "local_work": say(f"plan.word.{row['meeting']}"),
        "common_days": row["common_days"],
        "common_periods": tuple(f"{first}/{last}" for first, last in row["common"]),
        "sectors_at_the_same_time": row["concurrent_sectors"],
        "sectors_together": row["sectors"],
        "id": str(row["id"]),
    }


def supposed(found: Found, tell: Telling) -> Row:
    """A change of a scenario: the periods are null where there was none, or would be none; the goal is of one added."""
    change, row, say = found.change, found.row or {}, tell.speaker
    id_ = row["sector"] if row else change.sector
    sector = tell.names.sector(id_) if id_ else None
    goal = tell.names.goal(change.goal) if change.goal else None
    return {
        "change": say(f"what_if.did.{change.what}"),
        "side": say("legend.local" if sector else "legend.central"),
        "sector_code": _code(sector) if sector else None,
        "sector": sector.name if sector else None,
        "reference": reference(row) if row else None,
        "title": row.get("title"),
        "goal_code": goal.code if goal else None,
        "goal": goal.name if goal else None,
        "from_before": row.get("start"),
        "to_before": row.get("end"),
        "from_after": change.start,
        "to_after": change.end,
        "id": str(found.id) if row else None,
    }


def _code(sector: Named) -> str | None:
    """An unresolved sector has none; its id is in its name."""
    return sector.reference if sector.resolved else None
