internal import CScan

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Writes text into room that an arena has reserved, without asking for more.
///
/// A document is some thirty pieces; asking once for all of them takes a third off its cost. Invariant, kept by
/// whoever makes a pen: there is room for everything that is written, and `Arena.slack` bytes behind it.
struct Pen {
    /// Where the next byte goes.
    private(set) var at: UnsafeMutablePointer<UInt8>

    @inline(__always) init(at start: UnsafeMutablePointer<UInt8>) { at = start }

    /// Bytes written since a position.
    @inline(__always) func distance(from start: UnsafeMutablePointer<UInt8>) -> Int { at - start }

    @inline(__always) mutating func put(_ byte: UInt8) {
        at.pointee = byte
        at += 1
    }

    /// Writes a literal; its length is known to the compiler, so that this is a few stores.
    @inline(__always) mutating func put(_ text: StaticString) {
        memcpy(at, text.utf8Start, text.utf8CodeUnitCount)
        at += text.utf8CodeUnitCount
    }

    /// Copies bytes of which 31 more are readable.
    @inline(__always) mutating func put(_ source: UnsafePointer<UInt8>, _ count: Int) {
        let to = UnsafeMutableRawPointer(at)
        let from = UnsafeRawPointer(source)
        var done = 0
        repeat {
            (to + done).storeBytes(of: (from + done).loadUnaligned(as: SIMD32<UInt8>.self), as: SIMD32<UInt8>.self)
            done &+= 32
        } while done < count
        at += count
    }

    /// Writes text as the inside of a JSON string, at most six bytes for one; 16 bytes behind it are readable.
    @inline(__always) mutating func putEscaped(_ text: UnsafePointer<UInt8>, _ count: Int) {
        at += martlet_json_escape(at, text, count)
    }

    /// Writes eight bytes and keeps the first `count` of them, the lowest byte first.
    @inline(__always) mutating func put(word: UInt64, count: Int) {
        UnsafeMutableRawPointer(at).storeBytes(of: word.littleEndian, as: UInt64.self)
        at += count
    }

    /// Sixteen lower-case hexadecimal digits.
    @inline(__always) mutating func putHex(_ value: UInt64) {
        martlet_hex_write(at, value)
        at += 16
    }

    /// Copies more bytes than a few.
    @inline(__always) mutating func copy(_ source: UnsafePointer<UInt8>, _ count: Int) {
        memcpy(at, source, count)
        at += count
    }

    /// Writes a protobuf varint, and seven bytes behind it.
    @inline(__always) mutating func put(_ number: Varint) { put(word: number.bytes, count: number.count) }
}

extension Arena {
    /// Reserves room for `count` bytes and gives a pen that writes there; `finish` must follow.
    @inline(__always) mutating func pen(for count: Int) -> Pen {
        reserve(count)
        return Pen(at: base + self.count)
    }

    /// Takes over what the pen has written since it was given out.
    @inline(__always) mutating func finish(_ pen: Pen) { claim(pen.distance(from: base + count)) }
}
