from services.communication.app import SERVICE
from shared.cli import main

main(SERVICE)
