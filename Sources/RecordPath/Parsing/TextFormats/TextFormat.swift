/// The text formats that are recognised by their shape, in the order in which they are tried.
package enum TextFormat: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    /// The Common Log Format and its children: combined, vhost, Traefik, werkzeug, uvicorn, gunicorn.
    case clf
    case envoy
    case haproxy
    /// AWS's load balancers, classic and application.
    case loadBalancer
    /// Squid's native format.
    case squid
    /// W3C extended with a `#Fields:` line that says what its columns are, and CloudFront's standard logs.
    case w3c
    /// W3C extended as IIS and Azure write it, without that line.
    case iis
    /// Nginx Proxy Manager.
    case proxyManager
    case uwsgi
    /// What Gin and similar frameworks print for each request.
    case gin
    /// morgan's `dev` and `tiny`: method, path, status, milliseconds.
    case morgan
    case nginxError
    case apacheError
    /// RFC 5424, RFC 3164 and what rsyslog writes into files.
    case syslog
    case klog
    case redis
    /// Ruby's Logger, as Rails uses it.
    case ruby
    /// A time, then level, thread and logger in any order, then the message: logback, log4j2, Python, Go, Rust,
    /// PostgreSQL, MariaDB, RabbitMQ, Caddy, zap and most others.
    case timestamped
    /// The level first: uvicorn, Python's basicConfig, logrus on a terminal, .NET's console.
    case levelFirst
    /// Something short before a JSON object: docker-compose, Heroku.
    case prefixedJSON
    /// None of these.
    case text

    /// The name in `explain` and in `martlet_records_parsed_total`.
    package var name: String {
        switch self {
        case .nginxError: "nginx"
        case .apacheError: "apache"
        case .levelFirst: "level_first"
        case .prefixedJSON: "prefixed_json"
        case .loadBalancer: "aws_elb"
        case .proxyManager: "nginx_proxy_manager"
        default: "\(self)"
        }
    }

    /// The formats that a name of `parse.formats` allows; nil for a name that is none of ours.
    package static func formats(named name: String) -> [TextFormat]? {
        switch name {
        case "auto": allCases
        case "clf": [.clf]
        case "nginx": [.clf, .nginxError]
        case "text": [.text]
        default: allCases.first { $0.name == name }.map { [$0] }
        }
    }
}
