internal import NIOSSL
internal import JWTKit
internal import AsyncHTTPClient
internal import HummingbirdTLS
internal import HummingbirdHTTP2
internal import NIOWebSocket
