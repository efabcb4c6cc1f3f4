#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Draws frames over each other without flicker: home, each line with its rest cleared, then what is below.
///
/// A frame is one write. Without a terminal there is nothing to draw over, and the caller prints lines.
struct Terminal {
    let descriptor: Int32

    /// Whether somebody watches.
    var isTerminal: Bool { isatty(descriptor) == 1 }
    /// Whether colours are wanted (`NO_COLOR`: any value says no).
    var hasColour: Bool { isTerminal && getenv("NO_COLOR") == nil }

    /// Columns and rows.
    var size: (width: Int, height: Int) {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return (100, 40) }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// Goes to a screen of its own and hides the cursor.
    func begin() { write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[2J") }

    /// Comes back.
    func end() { write("\u{1B}[?25h\u{1B}[?1049l") }

    /// Draws a frame.
    func draw(_ lines: [String]) {
        let visible = lines.prefix(size.height - 1)
        write("\u{1B}[H" + visible.map { $0 + "\u{1B}[K\r\n" }.joined() + "\u{1B}[J")
    }

    /// Text as it is.
    func write(_ text: String) { write(Array(text.utf8)) }

    /// Bytes as they are.
    func write(_ bytes: [UInt8]) {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            done += max(count, 0)
        }
    }
}
