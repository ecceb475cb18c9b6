"""Peers that are no TLS servers, or only the part of one that no server in Debian can play any more."""

import select
import socket
import struct
import threading
import time

ALERT_REFUSED = bytes.fromhex("15030100020228")
WARNING = bytes.fromhex("15030100020170")


class StandIn:
    """Runs `script(client)` for each connection, in a thread of its own, until it is ended."""

    def __init__(self, script, host="127.0.0.1"):
        self.listener = socket.create_server((host, 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.script = script
        self.clients = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            self.clients.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        try:
            self.script(client)
        except (OSError, struct.error):
            pass  # the client has gone, or sends what a stand-in does not read
        finally:
            close(client)

    def end(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for client in self.clients:
            close(client)


def close(client):
    try:
        client.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    client.close()


def until_closed(client):
    while client.recv(4096):
        pass


def reset(client):
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def says(answer):
    """Sends the same whatever it hears, then waits until the client closes."""
    def script(client):
        client.sendall(answer)
        until_closed(client)
    return script


def answers(answer):
    """The same, once the client has said something."""
    def script(client):
        client.recv(4096)
        client.sendall(answer)
        until_closed(client)
    return script


def silence(client):
    until_closed(client)


def close_at_once(client):
    close(client)


def close_after_hello(client):
    client.recv(4096)


def reset_at_once(client):
    reset(client)


def reset_after_hello(client):
    client.recv(4096)
    reset(client)


def reset_within_server_hello(client):
    client.recv(4096)
    client.sendall(bytes.fromhex("160303004002000030"))
    time.sleep(0.05)  # a reset takes with it what has not been read yet
    reset(client)


def endless(part):
    """Sends the same again and again."""
    def script(client):
        client.recv(4096)
        while True:
            client.sendall(part)
    return script


def drip(answer, pause):
    """One byte of the answer, a pause, the next."""
    def script(client):
        client.recv(4096)
        for byte in answer:
            client.sendall(bytes([byte]))
            time.sleep(pause)
    return script


def exactly(client, count):
    read = b""
    while len(read) < count:
        more = client.recv(count - len(read))
        if not more:
            raise OSError("the client has closed")
        read += more
    return read


def offered_suites(client):
    """The version and the suites of a ClientHello that comes in one record."""
    length = struct.unpack(">xxxH", exactly(client, 5))[0]
    hello = exactly(client, length)
    version = struct.unpack(">H", hello[4:6])[0]
    at = 38 + 1 + hello[38]
    count = struct.unpack(">H", hello[at:at + 2])[0]
    return version, struct.unpack(f">{count // 2}H", hello[at + 2:at + 2 + count])


def chooses(suite, highest=0x0303):
    """A ServerHello with that suite for whoever offers it, an alert for the others."""
    def script(client):
        version, suites = offered_suites(client)
        if suite not in suites:
            client.sendall(ALERT_REFUSED)
            return
        body = struct.pack(">H32sBHB", min(version, highest), b"r" * 32, 0, suite, 0)
        message = struct.pack(">I", 0x02000000 | len(body)) + body
        client.sendall(struct.pack(">BHH", 22, min(version, highest), len(message)) + message)
        until_closed(client)
    return script


def forwards(port, limit=None):
    """Hands bytes to the server on `port`, and its own back byte by byte; resets the client after `limit` of them."""
    def script(client):
        with socket.create_connection(("127.0.0.1", port)) as server:
            sent = 0
            while True:
                readable, _, _ = select.select([client, server], [], [])
                data = readable[0].recv(4096)
                if not data:
                    return
                if readable[0] is client:
                    server.sendall(data)
                    continue
                for byte in data[:None if limit is None else limit - sent]:
                    client.sendall(bytes([byte]))
                sent += len(data)
                if limit is not None and sent >= limit:
                    time.sleep(0.05)  # a reset takes with it what has not been read yet
                    reset(client)
                    return
    return script
