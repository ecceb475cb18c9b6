"""A strict, bounded HTTP/1.1 server for stand-ins of real services: one thread for each connection, TLS where asked.

It reads what RFC 9112 allows and refuses the rest as Node's parser does: 400 or 431 without any other header. Requests
are kept for tests to look at."""

import dataclasses
import re
import select
import socket
import ssl
import threading

MOST_HEADER_BYTES = 16 << 10
MOST_BODY_BYTES = 1 << 20
MOST_CONNECTIONS = 256
MOST_KEPT_REQUESTS = 20_000
PATIENCE = 30  # seconds that a connection may be idle

METHODS = frozenset("GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND PURGE QUERY".split())
REQUEST_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e\x80-\xff]+) HTTP/1\.([01])")
HEADER_LINE = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*?)[ \t]*")


@dataclasses.dataclass
class Request:
    method: str
    target: str
    headers: list  # of (name, value) in wire order
    body: bytes = b""
    minor: int = 1  # of HTTP/1.x
    peer: str = ""  # address of the client
    tls: bool = False

    def values(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def value(self, name):
        """The first header of that name, or None."""
        return next(iter(self.values(name)), None)

    @property
    def path(self):
        return self.target.split("?", 1)[0]


@dataclasses.dataclass
class Answer:
    status: int
    headers: list = dataclasses.field(default_factory=list)  # of (name, value), sent as they are
    body: bytes = b""
    reason: str = ""

    def values(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]


class Refused(Exception):
    """The bytes are no request; `status` says why."""

    def __init__(self, status):
        super().__init__(status)
        self.status = status


REASONS = {200: "OK", 204: "No Content", 301: "Moved Permanently", 302: "Found", 308: "Permanent Redirect",
           400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
           413: "Payload Too Large", 415: "Unsupported Media Type", 422: "Unprocessable Entity",
           429: "Too Many Requests",
           431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
           502: "Bad Gateway", 503: "Service Unavailable"}


class Door:
    """One listening socket: where it is, what answers there, and what was asked."""

    def __init__(self, listener, handler, context):
        self.listener = listener
        self.handler = handler  # of a Request; returns an Answer, or None to close without one
        self.context = context
        self.requests = []
        self.host, self.port = listener.getsockname()[:2]

    @property
    def address(self):
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def asked(self, target=None):
        return [request for request in list(self.requests) if target in (None, request.target)]


class Server:
    """Any number of doors, each on a port of its own; a context manager."""

    def __init__(self):
        self._doors = {}
        self._room = threading.Semaphore(MOST_CONNECTIONS)
        self._connections = set()
        self._lock = threading.Lock()
        self._wake_reader, self._wake_writer = socket.socketpair()
        self._stopping = False
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def open(self, handler, context=None, host="127.0.0.1"):
        """A new door that `handler` answers at, over TLS with a `context`."""
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        listener = socket.create_server((host, 0), family=family, backlog=128)
        listener.setblocking(False)
        door = Door(listener, handler, context)
        with self._lock:
            self._doors[listener.fileno()] = door
        self._wake_writer.send(b"x")
        return door

    def stop(self):
        self._stopping = True
        self._wake_writer.send(b"x")
        self._thread.join()
        with self._lock:
            open_ones = list(self._connections)
        for connection in open_ones:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        for door in self._doors.values():
            door.listener.close()
        self._wake_reader.close()
        self._wake_writer.close()

    def _accept(self):
        while not self._stopping:
            with self._lock:
                doors = dict(self._doors)
            for descriptor in select.select([self._wake_reader, *doors], [], [])[0]:
                if descriptor is self._wake_reader:
                    self._wake_reader.recv(1024)
                else:
                    self._admit(doors[descriptor])

    def _admit(self, door):
        try:
            connection, peer = door.listener.accept()
        except OSError:
            return
        connection.settimeout(PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if not self._room.acquire(blocking=False):
            connection.close()
            return
        threading.Thread(target=self._converse, args=(door, connection, peer[0]), daemon=True).start()

    def _converse(self, door, connection, peer):
        with self._lock:
            self._connections.add(connection)
        plain = connection
        try:
            if door.context:
                connection = door.context.wrap_socket(connection, server_side=True)
            with connection.makefile("rb") as stream:
                while self._exchange(door, connection, stream, peer):
                    pass
        except (OSError, ValueError):
            pass
        finally:
            connection.close()
            with self._lock:
                self._connections.discard(plain)
            self._room.release()

    def _exchange(self, door, connection, stream, peer):
        """Answers one request; whether another one may follow on this connection."""
        try:
            request = read_request(stream)
        except Refused as refusal:
            connection.sendall(f"HTTP/1.1 {refusal.status} {REASONS[refusal.status]}\r\n"
                               "Connection: close\r\n\r\n".encode())
            drain(connection)
            return False
        if request is None:
            return False
        request.peer, request.tls = peer, isinstance(connection, ssl.SSLSocket)
        if len(door.requests) < MOST_KEPT_REQUESTS:
            door.requests.append(request)
        answer = door.handler(request)
        if answer is None:
            return False
        connection.sendall(render(request, answer))
        closing = [value.lower() for value in answer.values("Connection") + request.values("Connection")]
        return request.minor == 1 and "close" not in closing


def drain(connection):
    """Takes what is still coming, so that closing does not take the answer away from the peer."""
    connection.settimeout(1)
    if not isinstance(connection, ssl.SSLSocket):
        connection.shutdown(socket.SHUT_WR)
    room = MOST_BODY_BYTES
    while room > 0 and (data := connection.recv(MOST_HEADER_BYTES)):
        room -= len(data)


def read_request(stream):
    """The next request of a stream, or None at its end."""
    lines = read_header_lines(stream)
    if not lines:
        return None
    match = REQUEST_LINE.fullmatch(lines[0])
    if not match or match[1].decode() not in METHODS:
        raise Refused(400)
    headers = []
    for line in lines[1:]:
        header = HEADER_LINE.fullmatch(line)
        if not header:
            raise Refused(400)
        headers.append((header[1].decode(), header[2].decode("latin-1")))
    request = Request(match[1].decode(), match[2].decode("latin-1"), headers, minor=int(match[3]))
    if request.minor == 1 and len(request.values("Host")) != 1:
        raise Refused(400)
    request.body = read_body(stream, request)
    return request


def read_header_lines(stream):
    lines, room = [], MOST_HEADER_BYTES
    while True:
        line = stream.readline(room + 1)
        room -= len(line)
        if room < 0:
            raise Refused(431)
        if not line.endswith(b"\r\n"):
            if line:
                raise Refused(400)
            return None
        if line == b"\r\n":
            return lines
        lines.append(line[:-2])


def read_body(stream, request):
    if request.values("Transfer-Encoding"):
        raise Refused(501)
    lengths = request.values("Content-Length")
    if not lengths:
        return b""
    if len(lengths) > 1 or not re.fullmatch(r"[0-9]{1,9}", lengths[0]):
        raise Refused(400)
    if int(lengths[0]) > MOST_BODY_BYTES:
        raise Refused(413)
    body = stream.read(int(lengths[0]))
    if len(body) != int(lengths[0]):
        raise Refused(400)
    return body


def render(request, answer):
    """The bytes of an answer; its headers say whether the body is chunked."""
    lines = [f"HTTP/1.1 {answer.status} {answer.reason or REASONS[answer.status]}"]
    lines += [f"{name}: {value}" for name, value in answer.headers]
    head = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n"
    if request.method == "HEAD" or answer.status in (204, 304):
        return head
    if "chunked" in answer.values("Transfer-Encoding"):
        chunk = b"%x\r\n%s\r\n" % (len(answer.body), answer.body) if answer.body else b""
        return head + chunk + b"0\r\n\r\n"
    return head + answer.body
