internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

extension FileReader {
    /// Cuts a chunk that was read at `from` into lines and gives them away.
    ///
    /// False: shutting down.
    func deliver(_ chunk: UnsafeBufferPointer<UInt8>, of file: FollowedFile, from: UInt64) -> Bool {
        guard let base = chunk.baseAddress else { return true }
        if file.scanned > 0 { return deliverLong(chunk, of: file) }
        if from == 0, chunk[0] == 0, skipHole(of: file) { return true }
        // A nanosecond a line: lines without a time of their own are then told apart when an output is asked for them.
        var time = now()
        var start = 0
        while let newline = memchr(base + start, 0x0A, chunk.count - start) {
            let length = UnsafeRawPointer(base + start).distance(to: UnsafeRawPointer(newline))
            let text = UnsafeBufferPointer(start: base + start, count: min(length, maxLineBytes))
            guard emit(text, of: file, isCut: length > maxLineBytes, time) else { return false }
            start += length + 1
            time &+= 1
            file.consumed += UInt64(length) + 1
        }
        if start == 0, chunk.count > maxLineBytes { file.scanned = file.consumed + UInt64(chunk.count) }
        return true
    }

    /// Looks for the end of a line that is too long; once it is found, the line's beginning is read again.
    private func deliverLong(_ chunk: UnsafeBufferPointer<UInt8>, of file: FollowedFile) -> Bool {
        guard let base = chunk.baseAddress, let newline = memchr(base, 0x0A, chunk.count) else {
            file.scanned += UInt64(chunk.count)
            return true
        }
        let end = file.scanned + UInt64(UnsafeRawPointer(base).distance(to: UnsafeRawPointer(newline)))
        return emitBeginning(of: file, until: end) { file.consumed = end + 1 }
    }

    /// Gives away what is left of a file that nobody will write to any more: a last line without its newline, and lines
    /// of which the last part never came.
    ///
    /// False: shutting down.
    func finish(_ file: FollowedFile) -> Bool {
        defer { countParts(of: file) }
        guard readAgain(file) else { return false }
        let end = file.size
        if end > file.consumed, !file.lanes.isEmpty {
            guard emitBeginning(of: file, until: end, then: { file.consumed = end }) else { return false }
        }
        return closeParts(of: file)
    }

    /// Reads the line at `consumed` again, as much of it as is kept, and gives it away.
    private func emitBeginning(of file: FollowedFile, until end: UInt64, then done: () -> Void) -> Bool {
        let length = Int(clamping: end - file.consumed)
        let count = pread(file.descriptor, buffer, min(length, maxLineBytes), off_t(clamping: file.consumed))
        let text = UnsafeBufferPointer(start: UnsafePointer(buffer), count: max(0, count))
        guard emit(text, of: file, isCut: length > maxLineBytes, now()) else { return false }
        done()
        file.scanned = 0
        return true
    }

    /// Takes one physical line, which starts at `consumed`, out of its frame and gives it away.
    private func emit(_ line: UnsafeBufferPointer<UInt8>, of file: FollowedFile, isCut: Bool, _ time: Int64) -> Bool {
        switch file.format {
        case .lines: return append(line, of: file, file.lanes[0], time, isCut: isCut)
        case .cri: return emit(isCut ? nil : CRIFrame.decode(line), line, of: file, isCut: isCut, time)
        case .docker: return emit(isCut ? nil : frame.decode(line), line, of: file, isCut: isCut, time)
        }
    }

    /// No line is dropped for its form: one without the frame is a record as it is.
    private func emit(
        _ framed: FramedLine?,
        _ line: UnsafeBufferPointer<UInt8>,
        of file: FollowedFile,
        isCut: Bool,
        _ time: Int64
    ) -> Bool {
        let lane = file.lanes[framed?.isError == true ? 1 : 0]
        guard file.consumed >= lane.resume else { return true }
        guard let framed else {
            return closePart(of: file, lane) && append(line, of: file, lane, time, isCut: isCut)
        }
        let lineTime = framed.time ?? time
        guard framed.isPartial || lane.joiner.isOpen else {
            return append(framed.text, of: file, lane, lineTime, isCut: false)
        }
        lane.joiner.add(framed.text, start: file.consumed, time: lineTime)
        return framed.isPartial || closePart(of: file, lane)
    }

    @inline(__always)
    private func append(
        _ text: UnsafeBufferPointer<UInt8>,
        of file: FollowedFile,
        _ lane: FileLane,
        _ time: Int64,
        isCut: Bool
    ) -> Bool {
        writer.append(
            text,
            stream: lane.stream,
            time: time,
            identity: (file.identity, file.consumed),
            isCut: isCut
        )
    }

    /// Gives away the line whose parts have been gathered, if there is one.
    private func closePart(of file: FollowedFile, _ lane: FileLane) -> Bool {
        guard let open = lane.joiner.open else { return true }
        let taken = open.bytes.withUnsafeBufferPointer {
            writer.append(
                $0,
                stream: lane.stream,
                time: open.time,
                identity: (file.identity, open.start),
                isCut: open.isCut
            )
        }
        if taken { lane.joiner.clear() }
        return taken
    }

    private func closeParts(of file: FollowedFile) -> Bool {
        file.lanes.allSatisfy { closePart(of: file, $0) }
    }

    /// The file is a new one in the same place.
    ///
    /// False: shutting down.
    func beginGeneration(_ file: FollowedFile) -> Bool {
        guard closeParts(of: file) else { return false }
        countParts(of: file)
        file.isRewound = false
        file.generation += 1
        file.fingerprint = .empty
        (file.origin, file.consumed, file.scanned) = (0, 0, 0)
        if let key = file.key { file.identity = key.identity(generation: file.generation) }
        for lane in file.lanes { lane.resume = 0 }
        return true
    }

    /// A writer that does not append goes on at its old offset after a truncation, and leaves a hole of up to gigabytes
    /// in front.
    ///
    /// Nobody wrote those zeros. True when there was one.
    private func skipHole(of file: FollowedFile) -> Bool {
        let seekData: Int32 = 3
        let data = lseek(file.descriptor, 0, seekData)
        guard data > 0 else { return false }
        // A hole ends with a block; the line begins behind the block's first zeros.
        let count = pread(file.descriptor, buffer, 64 * 1024, data)
        let zeros = UnsafeBufferPointer(start: buffer, count: max(0, count)).prefix { $0 == 0 }.count
        file.consumed = UInt64(data) + UInt64(zeros)
        return true
    }
}
