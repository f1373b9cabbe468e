"""Plans as files, with every cell that their matrix must have.

The real one is not part of the repository: where it lies beside it, the same test takes it too.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

REAL = Path(__file__).parents[3] / "shared" / "data" / "piano_triennale_2020_2022"


@dataclass(frozen=True)
class Dataset:
    """`files`: name → CSV. first, last: the window of the expected cells, by ISO days."""

    name: str
    first: str
    last: str
    files: dict[str, str]

    def rows(self, file: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.files[file])))


# Counted by hand, in days of January unless said otherwise:
# LITE.1  central 1-10 and 8-20: 20 days. LITE-A 15-30: 16, six of them in common. LITE-B 1-10 February: none in common.
# LITE.2  central with an end only, 5th: 5 days from the window's first. LITE-B from 30 December on: 2 days.
# LITE.3  central only in the year before. LITE-B the same two days.
SMALL = Dataset(
    "small",
    "2031-01-01",
    "2031-12-31",
    {
        "goals": """external_id,title,kind,expected_effect
LITE.1,Færre skjemaer,objective,Mer tid til brukerne
LITE.2,"Åpne møter, åpne referater",objective,
LITE.3,"Læring på tvers, også «uformelt»",objective,
""",
        "sectors": """code,name
LITE-A,Første sektor
LITE-B,Andre sektor
""",
        "central_initiatives": """external_id,plan_year,area,title,goals,start,end,responsible
LITE.C1,2031,Ledelse,Lederprogram,LITE.1,2031-01-01,2031-01-10,Byrådsavdeling for finans
LITE.C2,2031,Ledelse,Nettverk,LITE.1,2031-01-08,2031-01-20,
LITE.C3,2031,Kompetanse,"Kurs, to dager",LITE.2,,2031-01-05,
LITE.C4,2031,Kompetanse,Samling i fjor,LITE.3,2030-05-01,2030-06-01,
""",
        "local_initiatives": """external_id,sector,title,goals,start,end,responsible
1,LITE-A,Tillitsmodell,LITE.1,2031-01-15,2031-01-30,
1,LITE-B,Tillitsmodell,LITE.1,2031-02-01,2031-02-10,
2,LITE-B,Forsøk uten slutt,LITE.2;LITE.3,2031-12-30,,
""",
        "expected_cells": """goal,sector,central,local,central_days,local_days,both_days,state,degree,coverage
LITE.1,LITE-A,2,1,20,16,6,together,0.200000,0.300000
LITE.1,LITE-B,2,1,20,10,0,apart,0.000000,0.000000
LITE.1,*,2,2,20,26,6,together,0.150000,0.300000
LITE.2,LITE-A,1,0,5,0,0,central_only,0.000000,0.000000
LITE.2,LITE-B,1,1,5,2,0,apart,0.000000,0.000000
LITE.2,*,1,1,5,2,0,apart,0.000000,0.000000
LITE.3,LITE-A,0,0,0,0,0,none,,
LITE.3,LITE-B,0,1,0,2,0,local_only,0.000000,
LITE.3,*,0,1,0,2,0,local_only,0.000000,
""",
    },
)


def datasets() -> list[Dataset]:
    """The small one, and the real one where it is at hand."""
    if not REAL.is_dir():
        return [SMALL]
    files = {path.stem: path.read_text(encoding="utf-8") for path in REAL.glob("*.csv")}
    return [SMALL, Dataset("piano triennale 2020-2022", "2020-01-01", "2022-12-31", files)]
