from services.goals.app import SERVICE
from shared.cli import main

main(SERVICE)
