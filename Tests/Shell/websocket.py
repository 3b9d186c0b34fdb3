"""websocket.py URL [NAME:VALUE...]: a WebSocket client (RFC 6455) that shows what really comes.

Prints a line for each frame that comes: "open", "text DATA", "ping DATA", "pong DATA", "close CODE REASON", and "end" at the end of the connection;
"refused STATUS BODY" if it was not let in. Each line of standard input is sent: "text DATA", "ping DATA", "pong DATA", "close CODE REASON",
"part DATA" (a text frame that another one follows), "more DATA" (that one), "bare DATA" (a text frame without a mask), "large SIZE",
"hex BYTES" (as they are). Pings are not answered by themselves.
"""
import base64
import hashlib
import os
import socket
import struct
import sys
import threading
from urllib.parse import urlsplit

OPCODES = {0: "more", 1: "text", 2: "binary", 8: "close", 9: "ping", 10: "pong"}


def frame(opcode, data, final=True, masked=True):
    head = bytes([(0x80 if final else 0) | opcode])
    bit = 0x80 if masked else 0
    if len(data) < 126:
        head += bytes([bit | len(data)])
    elif len(data) < 65536:
        head += struct.pack(">BH", bit | 126, len(data))
    else:
        head += struct.pack(">BQ", bit | 127, len(data))
    if not masked:
        return head + data
    mask = os.urandom(4)
    return head + mask + bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))


def commanded(line):
    word, _, rest = line.partition(" ")
    data = rest.encode()
    if word == "close":
        code, _, reason = rest.partition(" ")
        return frame(8, struct.pack(">H", int(code)) + reason.encode() if code else b"")
    if word == "part":
        return frame(1, data, final=False)
    if word == "bare":
        return frame(1, data, masked=False)
    if word == "large":
        return frame(1, b"x" * int(rest))
    if word == "hex":
        return bytes.fromhex(rest)
    return frame({"more": 0, "text": 1, "ping": 9, "pong": 10}[word], data)


def say(*words):
    print(*words, flush=True)


def exactly(stream, count):
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data


def shown(stream):
    first, second = exactly(stream, 2)
    if second & 0x80:
        say("masked")
    length = second & 0x7F
    if length == 126:
        length = struct.unpack(">H", exactly(stream, 2))[0]
    elif length == 127:
        length = struct.unpack(">Q", exactly(stream, 8))[0]
    data = exactly(stream, length)
    name = OPCODES.get(first & 15, "unknown")
    if name == "close" and data:
        say("close", struct.unpack(">H", data[:2])[0], data[2:].decode())
    else:
        say(name, data.decode())


def main():
    url = urlsplit(sys.argv[1])
    connection = socket.create_connection((url.hostname, url.port), timeout=120)
    key = base64.b64encode(os.urandom(16)).decode()
    lines = [
        f"GET {url.path}{'?' + url.query if url.query else ''} HTTP/1.1", f"Host: {url.netloc}", "Upgrade: websocket",
        "Connection: Upgrade", f"Sec-WebSocket-Key: {key}", "Sec-WebSocket-Version: 13", *sys.argv[2:], "", "",
    ]
    connection.sendall("\r\n".join(lines).encode())
    stream = connection.makefile("rb")
    status = stream.readline().split()[1].decode()
    headers = dict(
        (name.strip().lower(), value.strip())
        for name, _, value in (line.decode().partition(":") for line in iter(stream.readline, b"\r\n"))
    )
    if status != "101":
        say("refused", status, stream.read(int(headers.get("content-length", 0))).decode())
        return
    accept = base64.b64encode(hashlib.sha1((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").encode()).digest()).decode()
    say("open" if headers.get("sec-websocket-accept") == accept else "wrong answer")

    def send():
        for line in sys.stdin:
            try:
                connection.sendall(commanded(line.rstrip("\n")))
            except OSError:
                return

    threading.Thread(target=send, daemon=True).start()
    try:
        while True:
            shown(stream)
    except (EOFError, OSError):
        say("end")


main()
