"""What a page does behind a reader's back: errors in the console, requests to somebody else."""

from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response


class Watch:
    """Collects the faults of one page from its beginning, as sentences."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        self._documents: set[str] = set()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("requestfailed", self._failed)

    def _console(self, message: ConsoleMessage) -> None:
        """An answer that is an error is in the console too; where it is the page itself, the test looks at it."""
        of_a_document = str(message.location.get("url")) in self._documents
        is_answer = message.text.startswith("Failed to load resource")
        if message.type in ("error", "warning") and not (is_answer and of_a_document):
            self.faults.append(f"{self.page.url}: console {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if request.is_navigation_request():
            self._documents.add(request.url)
        elif _origin(request.url) != _origin(request.frame.url):
            self.faults.append(f"{request.frame.url} asked another origin: {request.url}")

    def _response(self, response: Response) -> None:
        if not response.ok and not response.request.is_navigation_request() and response.status != 304:
            self.faults.append(f"{self.page.url}: {response.status} for {response.url}")

    def _failed(self, request: Request) -> None:
        """What is given up because the reader went on is no fault, nor is a navigation that became a download."""
        if not request.is_navigation_request() and request.failure != "net::ERR_ABORTED":
            self.faults.append(f"{self.page.url}: {request.url} failed: {request.failure}")


def _origin(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    return parts.scheme, parts.netloc
