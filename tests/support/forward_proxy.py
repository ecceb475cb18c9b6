"""An HTTP proxy that serves CONNECT alone, to targets that it is given, and keeps a log of who was asked for."""

import socket
import threading

PATIENCE = 30  # seconds


class ForwardProxy:
    """Sends each named target HOST:PORT to the address that the test gives; refuses all others. A context manager."""

    def __init__(self, targets):
        self.targets = dict(targets)  # "HOST:PORT" -> (address, port)
        self.log = []  # request heads
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            client.settimeout(PATIENCE)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        with client:
            try:
                head = self._head(client)
                self.log.append(head)
                method, target = head.split(" ", 2)[:2]
                if method != "CONNECT" or target not in self.targets:
                    client.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    return
                with socket.create_connection(self.targets[target], PATIENCE) as server:
                    client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                    self._relay(client, server)
            except (OSError, ValueError):
                return

    def _head(self, client):
        """Byte by byte, so that nothing of what follows is taken away."""
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            byte = client.recv(1)
            if not byte or len(head) > 16 << 10:
                raise ValueError("no request")
            head += byte
        return head.decode("latin-1")

    def _relay(self, client, server):
        back = threading.Thread(target=pump, args=(server, client), daemon=True)
        back.start()
        pump(client, server)
        back.join()


def pump(source, target):
    try:
        while data := source.recv(16 << 10):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass
