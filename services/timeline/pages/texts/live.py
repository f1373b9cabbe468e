"""What the script says: which keys the chart takes, and that there is something new."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "live.keys": (
        "Piltastene går fra stolpe til stolpe, Home og End til den første og den siste i raden.",
        "Arrow keys go from bar to bar, Home and End to the first and the last in the lane.",
    ),
    "live.fresh": ("Oppdateres av seg selv", "Updates by itself"),
    "live.changed": ("Siden er oppdatert", "The page is updated"),
    "live.changed.one": ("Oppdatert: {n} tiltak", "Updated: {n} initiative"),
    "live.changed.other": ("Oppdatert: {n} tiltak", "Updated: {n} initiatives"),
    "live.lost": (
        "Får ikke kontakt. Viser det siste vi vet.",
        "No answer. Shows the last we know.",
    ),
}
