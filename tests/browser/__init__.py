"""The pages as a person meets them: in a real browser, behind the gateway, with a keyboard and a narrow screen.

Fixtures (conftest.py): `page`, `phone`, `new_page(...)`, `city`. What each page must hold: checks.py.
"""
