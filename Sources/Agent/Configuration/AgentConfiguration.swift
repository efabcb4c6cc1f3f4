import Inputs
import Objectives
import Outputs
import RecordPath
import Settings

/// A whole configuration, read and checked: what `run` runs and `validate` tells.
package struct AgentConfiguration: Sendable {
    package var agent: AgentOptions
    package var docker: DockerOptions?
    package var journald: JournalOptions?
    package var files: FilesOptions?
    package var stdin: StdinOptions?
    package var parse: ParseOptions
    package var redact: RedactionSettings
    package var correlate: CorrelateOptions
    package var signals: SignalOptions
    package var filter: FilterOptions
    package var slos: SLOSet
    /// The attributes that expressions of filter, signals and SLOs name.
    package var attributes: AttributeNames
    package var delivery: DeliveryOptions
    package var loki: LokiOptions?
    package var opensearch: OpenSearchOptions?
    package var archive: ArchiveOptions?
    package var alertmanager: AlertmanagerOptions?
    package var webhook: WebhookOptions?
    /// Hash of the file's bytes, for `martlet_config_hash_info`.
    package var hash: String

    /// Reads a file; every problem at once when it is not valid.
    package static func load(
        path: String,
        environment: [String: String]
    ) throws(ConfigurationFailure) -> AgentConfiguration {
        let file = try ConfigurationFile.load(path: path, environment: environment)
        let configuration = AgentConfiguration(
            reading: file.root,
            hash: ConfigurationHash.text(file.source),
            folder: SLOFiles.folder(of: path)
        )
        try file.problems.check()
        return configuration
    }

    /// Reads text that has no file, for demo and tests.
    package static func parse(
        _ text: String,
        environment: [String: String] = [:]
    ) throws(ConfigurationFailure) -> AgentConfiguration {
        let file = try ConfigurationFile.parse(text, environment: environment)
        let configuration = AgentConfiguration(reading: file.root, hash: ConfigurationHash.text(Array(text.utf8)))
        try file.problems.check()
        return configuration
    }

    /// Every key at its default: no inputs, no outputs.
    package static var standard: AgentConfiguration {
        let root = ConfigurationReader.empty(in: ProblemCollector(), mark: Mark(file: "", line: 1, column: 1))
        return AgentConfiguration(reading: root, hash: ConfigurationHash.text([]))
    }

    /// `folder`: where relative `slo_files` are looked for; empty for the working directory.
    private init(reading root: ConfigurationReader, hash: String, folder: String = "") {
        agent = AgentOptions(reading: root.child("agent"))
        let inputs = root.child("inputs")
        let docker = inputs.child("docker")
        self.docker = docker.isPresent ? DockerOptions(reading: docker) : nil
        let journald = inputs.child("journald")
        self.journald = journald.isPresent ? JournalOptions(reading: journald) : nil
        let files = FilesOptions(reading: inputs)
        self.files = files.groups.isEmpty ? nil : files
        let stdin = inputs.child("stdin")
        self.stdin = stdin.isPresent ? StdinOptions(reading: stdin) : nil
        parse = ParseOptions(reading: root.child("parse"))
        redact = RedactionSettings(reading: root.child("redact"))
        correlate = CorrelateOptions(reading: root.child("correlate"))
        var attributes = AttributeNames()
        signals = SignalOptions(reading: root.child("signals"), attributes: &attributes)
        filter = FilterOptions(reading: root, attributes: &attributes)
        slos = SLOSet(
            reading: root,
            attributes: &attributes,
            paths: { SLOFiles.paths($0, relativeTo: folder) }
        )
        self.attributes = attributes
        signals.addBounds(slos.slos.compactMap(\.latencyThreshold), reportingTo: root)
        delivery = DeliveryOptions(reading: root.child("delivery"))
        let outputs = root.child("outputs")
        let loki = outputs.child("loki")
        self.loki = loki.isPresent ? LokiOptions(reading: loki, delivery: delivery) : nil
        let opensearch = outputs.child("opensearch")
        self.opensearch = opensearch.isPresent ? OpenSearchOptions(reading: opensearch, delivery: delivery) : nil
        let archive = outputs.child("archive")
        self.archive = archive.isPresent ? ArchiveOptions(reading: archive, delivery: delivery) : nil
        let alertmanager = outputs.child("alertmanager")
        self.alertmanager =
            alertmanager.isPresent ? AlertmanagerOptions(reading: alertmanager, delivery: delivery) : nil
        let webhook = outputs.child("webhook")
        self.webhook = webhook.isPresent ? WebhookOptions(reading: webhook, delivery: delivery) : nil
        self.hash = hash
        root.finish()
    }
}
