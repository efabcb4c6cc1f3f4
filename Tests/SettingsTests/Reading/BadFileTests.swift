import Testing

/// What a user sees for each kind of mistake, to the letter.
struct BadFileTests {
    /// A text and all that is said about it.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let messages: [String]

        init(_ name: String, _ text: String, _ messages: String...) {
            testDescription = name
            self.text = text
            self.messages = messages
        }
    }

    @Test(arguments: structure + keys + values + contradictions)
    func `a mistake is told with its place and what to write instead`(_ mistake: Mistake) {
        #expect(ReadShape.read(mistake.text).messages == mistake.messages)
    }

    static let structure = [
        Mistake("nothing", ""),
        Mistake("only comments", "# nothing yet\n---\n"),
        Mistake(
            "a list as the root",
            "- agent",
            "m.yaml:1:1: (file): this is a YAML file that is a list; "
                + "a configuration is a mapping: begin with a key such as `inputs:`"
        ),
        Mistake(
            "a value as the root",
            "agent",
            "m.yaml:1:1: (file): this is a single value; "
                + "a configuration is a mapping: begin with a key such as `inputs:`"
        ),
        Mistake(
            "two documents",
            "agent: {}\n---\nagent: {}\n",
            "m.yaml:2:1: (file): a second document begins here; keep one document and remove `---`"
        ),
        Mistake(
            "an anchor, an alias and a merge",
            "agent: &a {listen: localhost:1}\ndelivery:\n  <<: *a\n",
            "m.yaml:1:8: agent: `&a` names a value; remove it; a configuration has no anchors",
            "m.yaml:3:3: delivery.<<: unknown key; "
                + "remove it, or write one of batch, breaker, compression, retry, spool, timeout",
            "m.yaml:3:7: delivery.<<: `*a` repeats a value from elsewhere; "
                + "write the value again here; a configuration has no aliases"
        ),
        Mistake(
            "a tag",
            "flag: !!bool true\n",
            "m.yaml:1:7: flag: the tag `tag:yaml.org,2002:bool`; remove it; every key knows its type"
        ),
        Mistake(
            "a key that is a list",
            "[a, b]: c\n",
            "m.yaml:1:1: (file): a key that is a list or a mapping; write a word as the key"
        ),
        Mistake(
            "an empty key",
            "agent:\n  '': c\n",
            "m.yaml:2:3: agent: a key that is empty or longer than 256 bytes; write a word as the key"
        ),
        Mistake(
            "a tab as indentation",
            "agent:\n\tlisten: localhost:1\n",
            "m.yaml:2:1: (file): this is no YAML: found character that cannot start any token "
                + "while scanning for the next token; "
                + "indent with spaces, and put quotes around a value that begins with @, ` or %"
        ),
        Mistake(
            "a list that is not closed",
            "names: [a, b\nflag: true\n",
            "m.yaml:2:5: (file): this is no YAML: did not find expected ',' or ']' "
                + "while parsing a flow sequence that begins at line 1; "
                + "separate the items with commas and close the list with `]`"
        ),
        Mistake(
            "a colon in a plain value",
            "agent:\n  data_dir: a: b\n",
            "m.yaml:2:14: (file): this is no YAML: mapping values are not allowed in this context; "
                + "put quotes around a value that contains `: `, and check the indentation"
        ),
    ]

    static let keys = [
        Mistake(
            "a doubled key",
            "agent:\n  data_dir: /a\n  data_dir: /b\n",
            "m.yaml:3:3: agent.data_dir: this key stands here already, at line 2; keep one of the two"
        ),
        Mistake(
            "an unknown key near a known one",
            "agent:\n  data-dir: /a\n  shutdown_timout: 5s\n",
            "m.yaml:2:3: agent.data-dir: unknown key; did you mean `data_dir`?",
            "m.yaml:3:3: agent.shutdown_timout: unknown key; did you mean `shutdown_timeout`?"
        ),
        Mistake(
            "an unknown key at the root",
            "delivry: {}\n",
            "m.yaml:1:1: delivry: unknown key; did you mean `delivery`?"
        ),
        Mistake(
            "a key in the wrong place",
            "memory_limit: 64MiB\n",
            "m.yaml:1:1: memory_limit: unknown key; write it as `agent.memory_limit`"
        ),
        Mistake(
            "a key that is like no other",
            "delivery: {breaker: {colour: red}}\n",
            "m.yaml:1:22: delivery.breaker.colour: unknown key; remove it, or write one of failures, probe"
        ),
        Mistake(
            "a key without a value",
            "agent:\n  listen:\n",
            "m.yaml:2:10: agent.listen: has no value; write one, or remove the key for its default"
        ),
        Mistake(
            "a mapping without keys",
            "agent:\n",
            "m.yaml:1:7: agent: has no value; write `{}` to take every default, or remove the key"
        ),
        Mistake(
            "a value instead of a mapping",
            "delivery: fast\n",
            "m.yaml:1:11: delivery: is a single value, but must be a mapping; write keys and values below it"
        ),
        Mistake(
            "a value instead of a list",
            "names: nginx\n",
            "m.yaml:1:8: names: is a single value, but must be a list; write `names: [nginx]`"
        ),
        Mistake(
            "a list instead of a value",
            "agent: {listen: [a]}\n",
            "m.yaml:1:17: agent.listen: is a list, but must be a single value; write `listen: value`"
        ),
        Mistake(
            "a mapping and nothing inside a list of values",
            "names: [a, {b: c}, ]\n",
            "m.yaml:1:12: names[1]: is a mapping, but must be a single value; write one value"
        ),
        Mistake(
            "a label without a value",
            "agent: {labels: {a: }}\n",
            "m.yaml:1:21: agent.labels.a: has no value; write one, or quotes for an empty text"
        ),
    ]

    static let values = [
        Mistake("yes for a bool", "flag: yes\n", "m.yaml:1:7: flag: `yes` is neither true nor false; write true"),
        Mistake("off for a bool", "flag: Off\n", "m.yaml:1:7: flag: `Off` is neither true nor false; write false"),
        Mistake(
            "a quoted bool",
            "flag: 'true'\n",
            "m.yaml:1:7: flag: `true` is text, not true or false; remove the quotes"
        ),
        Mistake(
            "a bare number for a duration",
            "agent: {shutdown_timeout: 10}\n",
            "m.yaml:1:27: agent.shutdown_timeout: `10` is no duration; write the unit too, such as 10s or 10ms"
        ),
        Mistake(
            "a duration spelled out",
            "agent: {shutdown_timeout: 10 sec}\n",
            "m.yaml:1:27: agent.shutdown_timeout: `10 sec` is no duration; write 10s"
        ),
        Mistake(
            "a duration that is none",
            "agent: {shutdown_timeout: soon}\n",
            "m.yaml:1:27: agent.shutdown_timeout: `soon` is no duration; "
                + "write a number and a unit such as 500ms, 5s, 10m, 1h, 30d or 1h30m"
        ),
        Mistake(
            "a duration too long",
            "agent: {shutdown_timeout: 2h}\n",
            "m.yaml:1:27: agent.shutdown_timeout: `2h` is too long; write a duration from 0s to 1h"
        ),
        Mistake(
            "a decimal size",
            "agent: {memory_limit: 64MB}\n",
            "m.yaml:1:23: agent.memory_limit: `64MB` is no size; write 64MiB"
        ),
        Mistake(
            "a size too small",
            "agent: {memory_limit: 64}\n",
            "m.yaml:1:23: agent.memory_limit: `64` is too small; write a size from 48MiB to 1TiB"
        ),
        Mistake(
            "a port that is none",
            "agent: {listen: '127.0.0.1:70000'}\n",
            "m.yaml:1:17: agent.listen: `127.0.0.1:70000` is no address; "
                + "write HOST:PORT such as 127.0.0.1:14464 or [::1]:14464"
        ),
        Mistake(
            "a number out of its range",
            "delivery: {breaker: {failures: 0}}\n",
            "m.yaml:1:32: delivery.breaker.failures: `0` is too small; write a number from 1 to 1000"
        ),
        Mistake(
            "a number with a fraction",
            "delivery: {breaker: {failures: 2.5}}\n",
            "m.yaml:1:32: delivery.breaker.failures: `2.5` is no whole number; write a number from 1 to 1000"
        ),
        Mistake(
            "a number beyond 64 bits",
            "delivery: {breaker: {failures: 99999999999999999999}}\n",
            "m.yaml:1:32: delivery.breaker.failures: `99999999999999999999` is no whole number; "
                + "write a number from 1 to 1000"
        ),
        Mistake(
            "a choice that is near one",
            "delivery: {spool: {when_full: drop-oldest}}\n",
            "m.yaml:1:31: delivery.spool.when_full: `drop-oldest` is none of its values; did you mean `drop_oldest`?"
        ),
        Mistake(
            "a choice that is like none",
            "delivery: {spool: {when_full: panic}}\n",
            "m.yaml:1:31: delivery.spool.when_full: `panic` is none of its values; write wait or drop_oldest"
        ),
        Mistake(
            "a compression that is none",
            "delivery: {compression: 10}\n",
            "m.yaml:1:25: delivery.compression: `10` is no compression; "
                + "write auto, none, or zlib's level from 1 to 9"
        ),
        Mistake(
            "a budget beyond all",
            "delivery: {retry: {budget: 120%}}\n",
            "m.yaml:1:28: delivery.retry.budget: `120%` is no percentage that fits; "
                + "write 1% to 100%, without a fraction"
        ),
        Mistake(
            "a label name that Loki refuses",
            "agent: {labels: {my-cluster: a}}\n",
            "m.yaml:1:30: agent.labels.my-cluster: `my-cluster` is no label name; "
                + "use letters, digits and _, with no digit and no __ first"
        ),
        Mistake(
            "a value that steers a terminal",
            "flag: \"\\e[31mred\\n\"\n",
            "m.yaml:1:7: flag: `\\u{1B}[31mred\\u{A}` is text, not true or false; remove the quotes"
        ),
    ]

    static let contradictions = [
        Mistake(
            "a first delay above the largest",
            "delivery: {retry: {first: 1m, max: 5s}}\n",
            "m.yaml:1:27: delivery.retry.first: 1m is longer than `max`, 5s; make `first` the shorter one"
        ),
        Mistake(
            "a spool smaller than its batches",
            "delivery:\n  batch: {bytes: 1MiB}\n  spool: {bytes: 2MiB}\n",
            "m.yaml:3:18: delivery.spool.bytes: 2MiB holds fewer than four batches of 1MiB; "
                + "give the spool more or make `batch.bytes` smaller"
        ),
        Mistake(
            "a connection that may take longer than its request",
            "delivery: {timeout: {connect: 1m}}\n",
            "m.yaml:1:31: delivery.timeout.connect: 1m is longer than `request`, 30s; "
                + "a request includes its connection; make `connect` the shorter one"
        ),
        Mistake(
            "a certificate without its key",
            "outputs: {loki: {tls: {cert: /c.pem}}}\n",
            "m.yaml:1:30: outputs.loki.tls.cert: a certificate without its `key`; "
                + "write `key`, the file of its private key"
        ),
        Mistake(
            "two ways to authenticate",
            "outputs: {loki: {auth: {bearer: abc, basic: {user: u, password: p}}}}\n",
            "m.yaml:1:33: outputs.loki.auth.bearer: stands beside `basic`; keep one of the two"
        ),
        Mistake(
            "a user without a password",
            "outputs: {loki: {auth: {basic: {user: u}}}}\n",
            "m.yaml:1:25: outputs.loki.auth.basic.password: is missing; write it, best as `${file:/run/secrets/…}`"
        ),
        Mistake(
            "no way to authenticate",
            "outputs: {loki: {auth: {}}}\n",
            "m.yaml:1:18: outputs.loki.auth: names no way to authenticate; write `basic` or `bearer`, or remove the key"
        ),
    ]
}
