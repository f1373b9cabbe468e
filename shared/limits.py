"""The days and years that anything may be asked for or told about: in HTTP (`fields`) and in files (`importing`)."""

from datetime import date

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
YEARS = range(FIRST_DAY.year, LAST_DAY.year + 1)
