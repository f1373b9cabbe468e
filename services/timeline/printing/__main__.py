"""The process that sets one document: a job as JSON on stdin, the file on stdout. It limits itself before it begins."""

import resource
import sys
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec
import typst

from services.timeline.printing.typesetter import SECONDS, Job

MEMORY = 3 * 1024**3
"""Bytes of addresses; 2,000 initiatives take about a third of it."""
Standard = Literal["ua-1"]
FONTS = Path(str(files("fontpkg_inter"))) / "files"
"""Inter, the font that the pages ask for first. What it lacks (Arabic, Hebrew) is set in one of Typst's own."""
SHEET = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (2 * SECONDS, 2 * SECONDS))
    if sys.platform == "linux":  # macOS knows no limit of addresses
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    job = msgspec.json.decode(sys.stdin.buffer.read(), type=Job)
    sys.stdout.buffer.write(_pdf(job) if job.form == "pdf" else _png(job))


def _pdf(job: Job) -> bytes:
    try:
        return _page(job, ["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
    # No font has a character. The standard wants each to be seen; the page goes on, tagged, with a mark in its place.
    return _page(job, [])


def _page(job: Job, standards: list[Standard]) -> bytes:
    compiler = _compiler(Path(__file__).with_name("page.typ").read_bytes(), {"document": job.content})
    made = datetime.fromisoformat(job.made)
    return _file(compiler.compile(format="pdf", timestamp=made, pdf_standards=[*standards]))


def _png(job: Job) -> bytes:
    return _file(_compiler(SHEET, {"svg": job.content}).compile(format="png", ppi=job.dots_per_inch))


def _compiler(source: bytes, inputs: dict[str, str]) -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(FONTS)])
    return typst.Compiler(source, font_paths=fonts, sys_inputs=inputs)


def _file(compiled: bytes | list[bytes] | None) -> bytes:
    """The one file: Typst would give several for a picture of several pages, and none where it wrote it itself."""
    if not isinstance(compiled, bytes):
        raise TypeError(type(compiled))
    return compiled


if __name__ == "__main__":
    main()
