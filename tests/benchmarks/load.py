"""A load of HTTP requests from a process of its own, over kept-alive connections, as light as Python allows."""

import socket
import sys
import threading
import time
import uuid


def request(port: int, path: str, body: bytes, key: bool) -> bytes:
    headers = f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
    if key:
        headers += f"Idempotency-Key: {uuid.uuid4()}\r\n"
    return f"{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body


def answer(connection: socket.socket) -> int:
    """Reads one answer; its status."""
    data = b""
    while b"\r\n\r\n" not in data:
        data += _more(connection)
    head, _, rest = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(rest) < length:
        rest += _more(connection)
    return int(head.split(b" ", 2)[1])


def _more(connection: socket.socket) -> bytes:
    found = connection.recv(65536)
    if not found:
        raise ConnectionError("closed")
    return found


def drive(port: int, path: str, seconds: float, clients: int, body: bytes, *, key: bool) -> tuple[int, int]:
    """(answered 201, anything else) in so many seconds."""
    counts = [[0, 0] for _ in range(clients)]
    end = time.monotonic() + seconds

    def run(number: int) -> None:
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            while time.monotonic() < end:
                connection.sendall(request(port, path, body, key))
                counts[number][answer(connection) != 201] += 1

    threads = [threading.Thread(target=run, args=[number]) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(count[0] for count in counts), sum(count[1] for count in counts)


if __name__ == "__main__":
    _, given_port, given_path, given_seconds, given_clients, given_body, given_key = sys.argv
    good, bad = drive(
        int(given_port),
        given_path,
        float(given_seconds),
        int(given_clients),
        given_body.encode(),
        key=given_key == "key",
    )
    print(good, bad)
