"""Endpoints that try to hurt whoever asks them: too much, too long, too slow, or no HTTP at all.

Each behaviour is a function of a connected socket, inside TLS unless it is one of RAW."""

import itertools
import socket
import ssl
import struct
import threading
import time
import zlib

PATIENCE = 60  # seconds; no behaviour outlives it
CHUNK = 64 << 10


def read_head(connection):
    head = b""
    while b"\r\n\r\n" not in head:
        data = connection.recv(4096)
        if not data:
            raise OSError("closed")
        head += data
    return head


def answering(head, body=()):
    """A behaviour that answers every request with these bytes and closes."""
    def behave(connection):
        read_head(connection)
        connection.sendall(head)
        for piece in body:
            connection.sendall(piece)
    return behave


def huge_body(connection):
    answering(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1073741824\r\n\r\n",
              itertools.repeat(bytes(CHUNK), (1 << 30) // CHUNK))(connection)


def endless_chunks(connection):
    answering(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
              itertools.repeat(b"10000\r\n" + bytes(CHUNK) + b"\r\n"))(connection)


def gzip_bomb(connection):
    """A gibibyte of zeros in a mebibyte: the same compressed block again and again."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = deflate.compress(bytes(1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    block = deflate.compress(bytes(1 << 20)) + deflate.flush(zlib.Z_FULL_FLUSH)
    header = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
    answering(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n",
              [header, first, *itertools.repeat(block, 1023)])(connection)


def drip(connection):
    """A byte of an answer that never ends, again and again, faster than any timeout for silence."""
    read_head(connection)
    for byte in itertools.cycle(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 4096):
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def silence(connection):
    connection.settimeout(PATIENCE)
    while connection.recv(CHUNK):
        pass


def reset(connection):
    connection.recv(CHUNK)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def tls_record(kind, payload):
    return bytes([kind, 3, 3]) + len(payload).to_bytes(2, "big") + payload


def alert_storm(connection):
    """Warnings without end where a ServerHello should be."""
    connection.recv(CHUNK)
    warnings = tls_record(21, b"\x01\x5a") * 1000
    while True:
        connection.sendall(warnings)


def handshake_storm(connection):
    """A handshake message that says it is sixteen megabytes long, and goes on for ever."""
    connection.recv(CHUNK)
    connection.sendall(tls_record(22, b"\x02\xff\xff\xff" + bytes(1000)))
    while True:
        connection.sendall(tls_record(22, bytes(16000)))


def garbage(connection):
    connection.recv(CHUNK)
    connection.sendall(bytes(range(256)) * 16)


LOOP = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"

BEHAVIOURS = {
    "huge body": huge_body,
    "endless chunks": endless_chunks,
    "gzip bomb": gzip_bomb,
    "long status line": answering(b"HTTP/1.1 200 " + b"A" * 26_000 + b"\r\nContent-Length: 0\r\n\r\n"),
    "longer status line": answering(b"HTTP/1.1 200 " + b"A" * 260_000 + b"\r\nContent-Length: 0\r\n\r\n"),
    "100,000 headers": answering(b"HTTP/1.1 200 OK\r\n", [b"".join(b"X-%d: y\r\n" % n for n in range(100_000)),
                                                        b"Content-Length: 0\r\n\r\n"]),
    "endless headers": answering(b"HTTP/1.1 200 OK\r\n", itertools.repeat(b"X-More: and more\r\n" * 1000)),
    "redirect loop": answering(LOOP % b"/"),
    "HTTP/0.9": answering(b"<html><body>no status line</body></html>\n"),
    "invalid chunk size": answering(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    b"nothing\r\nabc\r\n0\r\n\r\n"),
    "overflowing chunk size": answering(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                                        b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
    "two lengths": answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\nabcdefg"),
    "cut off body": answering(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nabc"),
    "drip": drip,
    "silence inside TLS": silence,
    "silence": silence,
    "reset": reset,
    "alert storm": alert_storm,
    "handshake storm": handshake_storm,
    "garbage": garbage,
}
RAW = ("silence", "reset", "alert storm", "handshake storm", "garbage")  # before or instead of a TLS handshake


class HostileServer:
    """A port for each behaviour, `ports[name]`; a context manager."""

    def __init__(self, context):
        self._context = context
        self._listeners = {name: socket.create_server(("127.0.0.1", 0)) for name in BEHAVIOURS}
        self.ports = {name: listener.getsockname()[1] for name, listener in self._listeners.items()}
        self._threads = [threading.Thread(target=self._accept, args=pair, daemon=True)
                         for pair in self._listeners.items()]
        for thread in self._threads:
            thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for listener in self._listeners.values():
            listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for listener in self._listeners.values():
            listener.close()

    def _accept(self, name, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            connection.settimeout(PATIENCE)
            threading.Thread(target=self._behave, args=(name, connection), daemon=True).start()

    def _behave(self, name, connection):
        try:
            if name not in RAW:
                connection = self._context.wrap_socket(connection, server_side=True)
            BEHAVIOURS[name](connection)
            if isinstance(connection, ssl.SSLSocket):
                connection.unwrap()
        except (OSError, ValueError):
            pass
        finally:
            connection.close()
