internal import FoundationEssentials
internal import NIOCore

// Messages hold their bytes as the type that the generator prescribes; nothing else here knows it.

extension [UInt8] {
    /// As a message holds it.
    var protobuf: Data { Data(self) }
}

extension Data {
    /// The bytes of a message's field.
    var array: [UInt8] { Array(self) }
}

extension ByteBuffer {
    /// What is to be read, as a message holds it.
    var protobuf: Data { Data(readableBytesView) }

    /// A buffer of a message's field.
    init(protobuf data: Data) { self.init(bytes: data) }
}
