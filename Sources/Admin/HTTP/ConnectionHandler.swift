import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection: reads a request, asks the gate, writes the answer, waits for the next one.
///
/// All of it runs on the connection's event loop. At any time one deadline is set: for the client to send a request,
/// or for an answer to be made and taken.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let gate: RequestGate
    private let options: AdminOptions
    private var deadline: Scheduled<Void>?
    /// When the answer must have been taken.
    private var answerEnd = NIODeadline.now()
    /// What is being answered; the pipelining handler in front of us holds the next request back until it is done.
    private var current: HTTPRequestHead?

    init(gate: RequestGate, options: AdminOptions) {
        self.gate = gate
        self.options = options
    }

    func channelActive(context: ChannelHandlerContext) {
        setDeadline(options.requestTimeout, context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        deadline?.cancel()
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The protocol error handler in front of us has answered 400 where that was still possible.
        context.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            current = head
            answerEnd = .now() + TimeAmount(options.responseTimeout)
            setDeadline(options.responseTimeout, context)
            judge(head, context)
        case .body, .end:
            // A body was refused with the head, and the connection closes after that answer.
            break
        }
    }

    // MARK: - Answering

    private func judge(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        let headers = head.headers.map { (name: $0.name, value: $0.value) }
        let request = AdminRequest(method: head.method.rawValue, target: head.uri, headers: headers)
        switch gate.judge(request) {
        case .refuse(let refusal): write(refusal, to: head, context)
        case .answer(let route): answer(request, route, to: head, context) { $0 }
        case .askForToken(let route): answer(request, route, to: head, context) { $0.askingForToken }
        }
    }

    private func answer(
        _ request: AdminRequest,
        _ route: AdminRoute,
        to head: HTTPRequestHead,
        _ context: ChannelHandlerContext,
        _ change: @escaping @Sendable (AdminResponse) -> AdminResponse
    ) {
        // Off the event loop, since writing and compressing thousands of series takes milliseconds; and not on Swift's
        // shared threads, so that health is answered when these are all busy. A client that has gone meanwhile is
        // noticed when the answer is written.
        let answer = NIOThreadPool.singleton.runIfActive(eventLoop: context.eventLoop) {
            change(route.answer(request))
        }
        answer.assumeIsolated().whenComplete { result in
            guard case .success(let response) = result else { return context.close(promise: nil) }
            self.write(response, to: head, context)
        }
    }

    private func write(_ response: AdminResponse, to head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        let response = response.body.count <= options.responseBytesMax ? response : .tooLong
        // A request with a body is not read to its end, so nothing can follow it.
        var keepsAlive = head.isKeepAlive && response.status != 413 && response.status != 400
        // Chunks came with 1.1.
        if response.pieces != nil, head.version != .http1_1 { keepsAlive = false }
        let responseHead = HTTPResponseHead(
            version: .http1_1,
            status: HTTPResponseStatus(statusCode: response.status),
            headers: Self.headers(of: response, keepsAlive: keepsAlive)
        )
        context.write(wrapOutboundOut(.head(responseHead)), promise: nil)
        if head.method != .HEAD {
            if let pieces = response.pieces { return write(pieces, to: head, context, keepsAlive) }
            let body = context.channel.allocator.buffer(bytes: response.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        end(head, context, keepsAlive)
    }

    /// Writes the next piece, and the one behind it when the client has taken this one.
    private func write(
        _ pieces: BodyPieces,
        to head: HTTPRequestHead,
        _ context: ChannelHandlerContext,
        _ keepsAlive: Bool
    ) {
        let next = NIOThreadPool.singleton.runIfActive(eventLoop: context.eventLoop) { pieces.next() }
        next.assumeIsolated().whenComplete { result in
            guard context.channel.isActive, case .success(let piece) = result else {
                return context.close(promise: nil)
            }
            guard let piece else { return self.end(head, context, keepsAlive) }
            // Others wait for their turn.
            self.setDeadline(min(.now() + TimeAmount(self.options.pieceTimeout), self.answerEnd), context)
            let written = context.eventLoop.makePromise(of: Void.self)
            let body = context.channel.allocator.buffer(bytes: piece)
            context.writeAndFlush(self.wrapOutboundOut(.body(.byteBuffer(body))), promise: written)
            written.futureResult.assumeIsolated().whenComplete { result in
                guard case .success = result else { return context.close(promise: nil) }
                self.write(pieces, to: head, context, keepsAlive)
            }
        }
    }

    private func end(_ head: HTTPRequestHead, _ context: ChannelHandlerContext, _ keepsAlive: Bool) {
        let written = context.eventLoop.makePromise(of: Void.self)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: written)
        written.futureResult.assumeIsolated().whenComplete { result in
            guard case .success = result, keepsAlive else { return context.close(promise: nil) }
            self.waitForNext(after: head, context)
        }
    }

    private static func headers(of response: AdminResponse, keepsAlive: Bool) -> HTTPHeaders {
        var headers = HTTPHeaders([
            ("Content-Type", response.contentType),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ])
        if response.pieces == nil {
            headers.add(name: "Content-Length", value: String(response.body.count))
        } else if keepsAlive {
            // Where no other answer follows, the body ends with the connection, which every client understands.
            headers.add(name: "Transfer-Encoding", value: "chunked")
        }
        for header in response.headers { headers.add(name: header.name, value: header.value) }
        if !keepsAlive { headers.add(name: "Connection", value: "close") }
        return headers
    }

    // MARK: - Deadlines

    /// Sets the deadline for the next request, unless that has come while the answer was on its way.
    private func waitForNext(after head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        guard let current, current == head else { return }
        self.current = nil
        setDeadline(options.idleTimeout, context)
    }

    private func setDeadline(_ time: Duration, _ context: ChannelHandlerContext) {
        setDeadline(.now() + TimeAmount(time), context)
    }

    private func setDeadline(_ time: NIODeadline, _ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = context.eventLoop.assumeIsolated().scheduleTask(deadline: time) {
            context.close(promise: nil)
        }
    }
}

extension AdminResponse {
    fileprivate static let tooLong = refusal(500, "the answer is too long to be sent")

    fileprivate var askingForToken: AdminResponse {
        AdminResponse(
            status: 401,
            contentType: contentType,
            body: body,
            headers: headers.map { (name: $0.name, value: $0.value) } + [RequestGate.challenge]
        )
    }
}
