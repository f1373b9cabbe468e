"""Where the services are, from the command line."""

import pytest

from infra.demo.__main__ import main


@pytest.mark.parametrize("service", ["goals", "gols=http://127.0.0.1:1"])
def test_an_address_for_no_service_is_refused_with_the_names_there_are(service, capsys):
    assert main(["--gateway", "http://127.0.0.1:1", "--service", service]) == 1
    said = capsys.readouterr().err
    assert f"--service {service}: write NAME=URL, where NAME is one of goals, central_initiatives" in said
