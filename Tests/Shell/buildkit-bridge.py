"""Passes TCP connections on to the BuildKit inside a dockerd: buildkit-bridge.py SOCKET [CERTIFICATE KEY AUTHORITY]. Prints its port."""
import socket
import ssl
import sys
import threading


def upgraded(path):
    engine = socket.socket(socket.AF_UNIX)
    engine.connect(path)
    engine.sendall(b"POST /grpc HTTP/1.1\r\nHost: d\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 0\r\n\r\n")
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += engine.recv(1)
    if b" 101 " not in head.split(b"\r\n")[0]:
        raise ConnectionError(head)
    return engine


def pump(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
    except OSError:
        pass
    for end in (source, target):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client, context):
    try:
        if context:
            client = context.wrap_socket(client, server_side=True)
        engine = upgraded(sys.argv[1])
    except (OSError, ssl.SSLError):
        client.close()
        return
    threading.Thread(target=pump, args=(engine, client), daemon=True).start()
    pump(client, engine)


context = None
if len(sys.argv) > 2:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[2], sys.argv[3])
    context.load_verify_locations(sys.argv[4])
    context.verify_mode = ssl.CERT_REQUIRED
    context.set_alpn_protocols(["h2"])
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    client, _ = listener.accept()
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    threading.Thread(target=serve, args=(client, context), daemon=True).start()
