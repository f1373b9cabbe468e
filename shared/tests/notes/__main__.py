import os
from dataclasses import replace

from shared.cli import main
from shared.references import GOALS
from shared.tests.notes.service import SERVICE, TOPIC

heard_of = [replace(GOALS, topic=os.environ["NOTES_HEARS"])] if "NOTES_HEARS" in os.environ else []
main(replace(SERVICE, topic=os.environ.get("NOTES_TOPIC", TOPIC), references=heard_of))
