/// The index template and the retention policy that Martlet's data stream needs.
package enum OpenSearchTemplate {
    /// Grows when the mapping changes, so that a newer Martlet replaces an older one's template.
    package static let version = 2

    /// The template's name.
    package static func name(_ dataStream: String) -> String { "martlet-\(dataStream)" }

    /// The policy's name.
    package static func policyName(_ dataStream: String) -> String { "martlet-\(dataStream)" }

    /// The index template.
    ///
    /// Fields that Martlet does not know are kept and not indexed, so no log line can make the mapping grow or be
    /// refused for its shape; what a service logs besides is one `flat_object`.
    package static func template(_ dataStream: String) -> String {
        """
        {"index_patterns":["\(dataStream)"],"data_stream":{},"priority":500,"version":\(version),\
        "_meta":{"managed_by":"martlet","description":"Logs shipped by Martlet"},\
        "template":{"mappings":{"dynamic":false,"properties":{\(properties)}}}}
        """
    }

    private static let properties = [
        #""@timestamp":{"type":"date_nanos"}"#,
        #""message":{"type":"text"}"#,
        #""attributes":{"type":"flat_object"}"#,
        #""attributes_text":{"type":"text","index":false}"#,
        #""labels":{"type":"flat_object"}"#,
        #""log":{"properties":{"level":{"type":"keyword"},"iostream":{"type":"keyword"},"#
            + #""file":{"properties":{"path":{"type":"keyword","ignore_above":4096}}}}}"#,
        #""service":{"properties":{"name":{"type":"keyword"}}}"#,
        #""trace":{"properties":{"id":{"type":"keyword"}}}"#,
        #""span":{"properties":{"id":{"type":"keyword"}}}"#,
        #""host":{"properties":{"name":{"type":"keyword"}}}"#,
        #""container":{"properties":{"id":{"type":"keyword"},"name":{"type":"keyword"},"#
            + #""image":{"properties":{"name":{"type":"keyword"}}}}}"#,
        #""http":{"properties":{"request":{"properties":{"id":{"type":"keyword"},"method":{"type":"keyword"}}},"#
            + #""response":{"properties":{"status_code":{"type":"short"}}}}}"#,
        #""url":{"properties":{"path":{"type":"keyword","ignore_above":2048},"#
            + #""query":{"type":"keyword","ignore_above":2048}}}"#,
        #""systemd":{"properties":{"unit":{"type":"keyword"}}}"#,
        #""martlet":{"properties":{"truncated":{"type":"boolean"}}}"#,
        #""user_agent":{"properties":{"original":{"type":"keyword","ignore_above":1024}}}"#,
        #""error":{"properties":{"message":{"type":"text"}}}"#,
        #""event":{"properties":{"duration":{"type":"long"},"sequence":{"type":"long"},"#
            // Kept to be read, never searched: it may be any length.
            + #""original":{"type":"text","index":false}}}"#,
    ].joined(separator: ",")

    /// The retention policy: a new backing index every `rollover`, deleted when its youngest document has been kept
    /// for `retention`.
    package static func policy(_ dataStream: String, retention: Duration) -> String {
        let hours = max(1, retention.components.seconds / 3600)
        // Thirty indexes at most, none younger than an hour or older than a day.
        let rollover = min(24, max(1, hours / 30))
        return """
            {"policy":{"description":"\(description(retention))","default_state":"hot","states":[\
            {"name":"hot","actions":[{"rollover":{"min_index_age":"\(rollover)h","min_size":"30gb"}}],\
            "transitions":[{"state_name":"delete","conditions":{"min_index_age":"\(hours + rollover)h"}}]},\
            {"name":"delete","actions":[{"delete":{}}],"transitions":[]}],\
            "ism_template":[{"index_patterns":["\(dataStream)"],"priority":500}]}}
            """
    }

    /// What stands in the policy; tells whether it is ours and for which retention.
    package static func description(_ retention: Duration) -> String {
        "Martlet: keep for \(max(1, retention.components.seconds / 3600))h"
    }
}
