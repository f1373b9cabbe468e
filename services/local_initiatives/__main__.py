from services.local_initiatives.app import SERVICE
from shared.cli import main

main(SERVICE)
