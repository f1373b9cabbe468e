"""The loader against a server that answers what a test tells it to: what is sent, what is sent again, what is said."""

import json
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from infra.demo.client import PREFIXES, Client, DemoError, behind
from infra.demo.load import FILES, OLDER, load, story

NEW = (200, {"created": 1, "updated": 0, "unchanged": 0, "changes": []})


@dataclass
class Services:
    """All services in one server. `answers`: start of a path behind the gateway → what it says, one after another."""

    address: str = ""
    asked: list = field(default_factory=list)
    answers: dict = field(default_factory=lambda: defaultdict(list))

    def answer(self, method, path, headers):
        self.asked.append((method, path, headers))
        for start, answers in self.answers.items():
            if path.startswith(start) and answers:
                return answers.pop(0) if len(answers) > 1 else answers[0]
        if "/import" in path:
            return NEW
        return 200, {"token": f"stream-of-{path.split('/')[3]}:{len(self.asked)}"} if method == "POST" else {}

    def sent(self, part):
        return [(path, headers) for _, path, headers in self.asked if part in path]


@pytest.fixture
def services():
    found = Services()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self):
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = found.answer(self.command, self.path, self.headers)
            content = json.dumps(body).encode()
            self.send_response(status)
            if "token" in body:
                self.send_header("Consistency-Token", body["token"])
            if "replayed" in body:
                self.send_header("Idempotency-Replayed", body["replayed"])
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_POST = do_GET  # noqa: N815 - the name that http.server looks for

        def log_message(self, *_):
            """A test's output is its own."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        found.address = f"http://127.0.0.1:{server.server_port}"
        yield found
        server.shutdown()
        thread.join()


def loaded(services):
    load(Client(behind(services.address)))


def test_the_files_are_imported_in_the_order_they_build_on_one_another(services):
    loaded(services)
    imports = [path for path, _ in services.sent("/import")]
    assert imports == [f"{PREFIXES[service]}{address}" for _, service, address in FILES]


def test_each_file_has_a_key_of_its_own_that_stays_the_same(services):
    loaded(services)
    loaded(services)
    keys = [headers["Idempotency-Key"] for _, headers in services.sent("/import")]
    assert keys[: len(FILES)] == keys[len(FILES) :]
    assert len(set(keys)) == len(FILES)


def test_a_file_that_was_imported_before_is_said_to_be_there(services, capsys):
    services.answers["/central/initiatives/import"] = [(200, {**NEW[1], "replayed": "true"})]
    loaded(services)
    assert "central_initiatives.csv       is there already" in capsys.readouterr().out


def test_the_story_is_sent_in_order_each_command_with_its_own_key(services):
    loaded(services)
    commands = [(path, headers) for path, headers in services.sent("/") if "/import" not in path]
    told = [(path, headers["Idempotency-Key"]) for path, headers in commands if "Idempotency-Key" in headers]
    assert told == [(PREFIXES[command.service] + command.path, command.key) for command in story()]


def test_it_waits_until_the_timeline_includes_the_last_command_of_each_stream(services):
    services.answers["/api/matrix"] = [(503, {}), (409, {}), (200, {})]
    loaded(services)
    tokens = [headers["Consistency-Token"] for _, headers in services.sent("/api/matrix")]
    assert len(set(tokens[:3])) == 1
    items = {(command.service, command.item) for command in story()}
    assert len(set(tokens)) == len({item for _, item in items})


def test_a_service_that_restarts_is_asked_again(services):
    services.answers["/goals/goals/F1/adopt"] = [(503, {}), (200, {"token": "f1:2"})]
    loaded(services)
    keys = [headers["Idempotency-Key"] for _, headers in services.sent("/goals/goals/F1/adopt")]
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_file_with_faults_names_each_row_and_column(services):
    faults = [
        {
            "row": 7,
            "column": "start",
            "code": "no-such-date",
            "message": "There is no such day.",
            "value": "31.02.2018",
        },
        {"row": 9, "column": "title", "code": "required", "message": "Must be given.", "value": ""},
    ]
    services.answers["/central/initiatives/import"] = [(422, {"title": "The file has faults.", "errors": faults})]
    with pytest.raises(DemoError) as error:
        loaded(services)
    first, second, *lines = str(error.value).splitlines()
    assert first == "central_initiatives.csv was not imported."
    assert second.endswith("answered 422. The file has faults.")
    assert lines == [
        "  row 7, column start: There is no such day. ('31.02.2018')",
        "  row 9, column title: Must be given.",
        OLDER,
    ]


def test_a_command_that_breaks_a_rule_is_named_with_the_rule(services):
    broken = {"title": "A rule was broken.", "errors": [{"pointer": "", "code": "x", "message": "Too many goals."}]}
    services.answers["/goals/goals/K9/adopt"] = [(409, broken)]
    with pytest.raises(DemoError, match=r"(?s)`adopt` of K9 in goals.*Too many goals\."):
        loaded(services)


def test_an_answer_that_is_no_problem_document_is_still_told(services):
    services.answers["/local/sectors/import"] = [(500, [])]
    with pytest.raises(DemoError, match=r"sectors\.csv was not imported\.\n.*answered 500\."):
        loaded(services)


def test_a_service_that_is_not_there_is_said_to_be_so():
    client = Client({"goals": "http://127.0.0.1:1"})
    with pytest.raises(DemoError, match=r"goals does not answer at http://127\.0\.0\.1:1 .*make status"):
        client.get("goals", "/goals", patience=0)
