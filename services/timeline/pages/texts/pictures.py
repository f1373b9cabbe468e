"""Pictures of the charts."""

from collections.abc import Mapping

TEXTS: Mapping[str, tuple[str, str]] = {
    "picture.focus": ("I fokus", "In focus"),
    "picture.told": ("På tidslinjen: {what}.", "On the timeline: {what}."),
    "picture.large": ("Dette er for mye til ett bilde", "This is too much for one picture"),
    "picture.large.lead": (
        (
            "Bildet ville bli {high} punkter høyt, og kan være høyst {most}. Fold sammen banene, velg et mål eller en "
            "sektor, eller ta bildet som SVG, som kan være så høyt det vil."
        ),
        (
            "The picture would be {high} pixels high, and may be {most} at most. Fold the lanes, choose a goal or a "
            "sector, or take the picture as SVG, which may be as high as it likes."
        ),
    ),
    "picture.large.fold": ("Bilde med alle baner foldet sammen", "Picture with all lanes folded"),
    "picture.large.svg": ("Bildet som SVG", "The picture as SVG"),
}
