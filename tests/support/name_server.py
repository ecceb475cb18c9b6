"""A DNS server over UDP that knows the A and AAAA records it is given, and keeps the names that it was asked for."""

import ipaddress
import socket
import struct
import threading

TYPES = {1: 4, 28: 6}  # A, AAAA: the version of their addresses


class NameServer:
    """A context manager. `records` maps names to lists of addresses; others do not exist."""

    def __init__(self, records):
        self.records = {name.lower(): [ipaddress.ip_address(one) for one in found] for name, found in records.items()}
        self.asked = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.address = f"127.0.0.1:{self.port}"
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._socket.sendto(b"", ("127.0.0.1", self.port))
        self._thread.join()
        self._socket.close()

    def _serve(self):
        while True:
            query, peer = self._socket.recvfrom(4096)
            if not query:
                return
            try:
                self._socket.sendto(self._answer(query), peer)
            except (IndexError, UnicodeDecodeError, struct.error):
                continue

    def _answer(self, query):
        labels, at = [], 12
        while query[at]:
            labels.append(query[at + 1:at + 1 + query[at]].decode("ascii"))
            at += 1 + query[at]
        name, question = ".".join(labels).lower(), query[12:at + 5]
        self.asked.append(name)
        kind = struct.unpack(">H", query[at + 1:at + 3])[0]
        found = [one for one in self.records.get(name, []) if one.version == TYPES.get(kind)]
        code = 0 if name in self.records else 3
        answers = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 30, len(one.packed)) + one.packed
                           for one in found)
        return query[:2] + struct.pack(">HHHHH", 0x8180 | code, 1, len(found), 0, 0) + question + answers
