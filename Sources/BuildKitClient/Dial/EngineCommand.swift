internal import EngineClient
internal import FarmModel
internal import NIOCore

/// Has dockerd prepare a command in a container whose standard streams become a connection to the daemon there.
struct EngineCommand {
    /// The container's name.
    let container: String
    /// Sends a request and returns the whole answer.
    let open: (String) async throws -> String

    private static let body =
        #"{"AttachStdin":true,"AttachStdout":true,"AttachStderr":true,"Tty":false,"Cmd":["buildctl","dial-stdio"]}"#

    /// The identifier of the command, to be started.
    func identifier() async throws -> String {
        let answer = try await open(
            "POST /v1.41/containers/\(container)/exec HTTP/1.0\r\nHost: docker\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(Self.body.utf8.count)\r\n\r\n\(Self.body)")
        return try Self.identifier(in: answer)
    }

    /// Reads `Id` from the answer.
    static func identifier(in answer: String) throws(UpgradeHandler.Refusal) -> String {
        guard let first = answer.firstIndex(of: "{"), let last = answer.lastIndex(of: "}"), first < last,
            let object = try? JSONParser.parse(answer[first...last]), let identifier = object["Id"]?.string,
            identifier.utf8.allSatisfy({ $0.isHexadecimalDigit }), !identifier.isEmpty
        else { throw UpgradeHandler.Refusal(status: 0, text: String(answer.prefix(300))) }
        return identifier
    }
}

extension UInt8 {
    fileprivate var isHexadecimalDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
    }
}

/// Sends a request and collects what comes until the other side closes.
final class WholeAnswer: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let limit = 64 * 1024

    private let request: String
    private let answer: EventLoopPromise<String>
    private var buffer = ByteBuffer()

    init(request: String, answer: EventLoopPromise<String>) {
        self.request = request
        self.answer = answer
    }

    func channelActive(context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var input = unwrapInboundIn(data)
        buffer.writeBuffer(&input)
        if buffer.readableBytes > Self.limit { context.close(promise: nil) }
    }

    func channelInactive(context: ChannelHandlerContext) { answer.succeed(String(buffer: buffer)) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { answer.fail(error) }
}
