import Inputs
import Objectives
import Outputs
import RecordPath
import Settings

extension AgentConfiguration {
    /// The inputs that it names; `signals` hears how containers fare.
    func inputs(signals: any ContainerSignals) -> [any Input] {
        var inputs: [any Input] = []
        let readContainers = ReadContainers()
        var journal = JournalInput.Environment()
        if let docker {
            inputs.append(DockerInput(options: docker, signals: signals, readContainers: readContainers))
            journal.isReadElsewhere = readContainers.isRead
        }
        if let journald { inputs.append(JournalInput(options: journald, environment: journal)) }
        if let files { inputs.append(FilesInput(options: files)) }
        if let stdin { inputs.append(StdinInput(options: stdin)) }
        return inputs
    }

    /// How batches of an output are delivered.
    func delivery(of output: String) -> DeliveryOptions {
        switch output {
        case "loki": loki?.delivery ?? delivery
        case "opensearch": opensearch?.delivery ?? delivery
        case "archive": archive?.delivery ?? delivery
        default: delivery
        }
    }
}

extension RecordPlan {
    /// The record path of a configuration.
    init(_ configuration: AgentConfiguration) {
        let policy = configuration.redact.policy
        self.init(
            lexicon: FieldLexicon(names: configuration.parse.fields + configuration.correlate.names, policy: policy),
            redaction: policy,
            loki: configuration.loki.map { LokiPlan($0, labels: configuration.agent.labels) },
            documents: DocumentPlan(configuration),
            latencyBounds: configuration.signals.bounds,
            maximumSeries: configuration.signals.maximumSeries,
            routes: configuration.signals.routes
        )
        remember = configuration.correlate.rememberNanoseconds
        exchange = IDExchange()
        formats = configuration.parse.choice
        multiline = configuration.parse.multiline
        if !configuration.slos.slos.isEmpty { objectives = ObjectivePlan(configuration.slos) }
        drops = configuration.filter.drops
        errors = configuration.signals.errors
        attributes = configuration.attributes
    }
}

extension ObjectivePlan {
    /// What the SLOs of a configuration count.
    init(_ set: SLOSet) { self.init(set.slos.map(\.indicator), indices: { set.indices(for: $0) }) }
}

extension FieldLexicon {
    /// What keys mean by the built-in names and a configuration's additions.
    init(names additions: [CanonicalNames.Addition], policy: RedactionPolicy) {
        let names = CanonicalNames(adding: additions)
        self.init(
            sense: { path in
                let name = names.name(ofPath: path)
                return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
            },
            verdict: { policy.verdict(forKey: $0) }
        )
    }
}

extension DocumentPlan {
    /// The record path's part of `outputs.opensearch` and `outputs.archive`; nil with neither.
    init?(_ configuration: AgentConfiguration) {
        guard configuration.opensearch != nil || configuration.archive != nil else { return nil }
        self.init(
            bulk: configuration.opensearch != nil,
            archive: configuration.archive != nil,
            host: HostName.current,
            labels: configuration.agent.labels.map { ($0.name, $0.value) },
            run: String(UInt64.random(in: .min ... .max), radix: 36)
        )
    }
}

extension DocumentPlan {
    /// Documents that `martlet tap` and `martlet explain` show: those of the archive.
    static func shown(_ configuration: AgentConfiguration) -> DocumentPlan {
        let labels = configuration.agent.labels.map { (name: $0.name, value: $0.value) }
        return DocumentPlan(bulk: false, archive: true, host: HostName.current, labels: labels)
    }
}

extension LokiPlan {
    /// The record path's part of `outputs.loki`; `agent.labels` go along as constant labels.
    init(_ options: LokiOptions, labels extra: [AgentOptions.Label]) {
        var labels = options.labels.map { (name: $0.name, source: LokiPlan.Source($0.source)) }
        for label in extra { labels.append((label.name, .constant(label.value))) }
        for label in options.extra { labels.append((label.name, .constant(label.value))) }
        self.init(
            encoding: options.encoding == .json ? .json : .protobuf,
            labels: labels,
            structuredMetadata: options.structuredMetadata == .auto,
            host: HostName.current
        )
    }
}

extension LokiPlan.Source {
    init(_ source: LokiLabel.Source) {
        self =
            switch source {
            case .serviceName: .serviceName
            case .level: .level
            case .host: .host
            case .input: .input
            case .stream: .stream
            case .container: .container
            case .image: .image
            case .unit: .unit
            case .containerLabel(let name): .containerLabel(name)
            }
    }
}
