import os
from dataclasses import replace

from shared.cli import main
from shared.tests.notes.service import SERVICE, TOPIC

main(replace(SERVICE, topic=os.environ.get("NOTES_TOPIC", TOPIC)))
