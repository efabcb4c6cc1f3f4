extension KeyRule {
    /// The built-in rules; a key belongs to the first that claims it.
    ///
    /// Sources: the key lists of the Datadog Agent's scrubber, Sentry Relay, detect-secrets and Rails' parameter
    /// filter, and the issues that taught them better.
    static let catalogue: [KeyRule] = secrets + identities

    private static let secrets: [KeyRule] = [
        KeyRule(
            "password",
            .secrets,
            anywhere: [
                "password", "passwords", "passwd", "passphrase", "passcode", "pwd", "passwort", "kennwort",
                "contrasena",
                "contraseña", "senha", "motdepasse", "wachtwoord", "haslo", "htpasswd", "userpass", "userpwd", "dbpass",
                "пароль", "密码", "密碼", "パスワード", "비밀번호", "parola", "salasana", "lösenord", "losenord", "heslo",
            ],
            atEnd: ["pass", "pw", "psw", "pswd"],
            inside: ["password", "passwd", "passphrase", "passwort", "contrasena", "wachtwoord"]
        ),
        KeyRule(
            "authorization",
            .secrets,
            anywhere: ["authorization", "proxyauthorization", "authorisation", "authheader"],
            treatment: .authorization,
            contents: .thing
        ),
        KeyRule(
            "cookie",
            .secrets,
            anywhere: ["cookie", "setcookie"],
            atEnd: ["cookies"],
            treatment: .cookie,
            contents: .names
        ),
        KeyRule(
            "private-key",
            .secrets,
            anywhere: [
                "privatekey", "privkey", "rsakey", "sshkey", "pemkey", "keypem", "serverkey", "clientkey", "signingkey",
                "encryptionkey", "masterkey", "hmackey", "secretkeybase", "cryptkey", "deploykey",
            ],
            inside: ["privatekey"]
        ),
        KeyRule(
            "api-key",
            .secrets,
            anywhere: [
                "apikey", "apikeys", "accesskey", "secretaccesskey", "appkey", "applicationkey", "accountkey",
                "authkey",
                "sharedaccesskey", "subscriptionkey", "servicekey", "consumerkey", "licensekey", "functionskey",
                "apisecret",
                "apitoken", "ingestkey", "writekey",
            ],
            inside: ["apikey", "accesskey"],
            shape: .made,
            contents: .thing
        ),
        // A secret to some; AWS and others call a key of idempotency so.
        KeyRule(
            "client-token",
            .secrets,
            anywhere: ["clienttoken", "clientrequesttoken"],
            shape: .otherThanUUID
        ),
        KeyRule(
            "token",
            .secrets,
            anywhere: [
                "accesstoken", "refreshtoken", "idtoken", "authtoken", "bearertoken", "sessiontoken", "securitytoken",
                "csrftoken", "xsrftoken", "jwt", "bearer", "oauthtoken", "devicetoken", "pushtoken", "usertoken",
                "personalaccesstoken", "bottoken", "magiclink",
            ],
            atEnd: ["token", "authtokens", "csrf", "xsrf"],
            inside: ["accesstoken", "refreshtoken", "authtoken"],
            shape: .made
        ),
        KeyRule(
            "secret",
            .secrets,
            anywhere: [
                "secretkey", "clientsecret", "sharedsecret", "appsecret", "consumersecret", "webhooksecret",
                "signingsecret",
                "secretvalue", "secrettext", "secretstring", "secretdata",
            ],
            atEnd: ["secret", "secrets"],
            inside: ["clientsecret", "secretkey"],
            shape: .made
        ),
        KeyRule(
            "credential",
            .secrets,
            anywhere: [
                "credential", "credentials", "creds", "kubeconfig", "dockerconfigjson", "dockerauth", "dockercfg",
            ],
            atEnd: ["cred"],
            shape: .credential,
            contents: .thing
        ),
        KeyRule(
            "auth",
            .secrets,
            atEnd: ["auth", "authentication"],
            shape: .credential,
            contents: .namespace
        ),
        KeyRule(
            "connection-string",
            .secrets,
            anywhere: ["connectionstring", "connstring", "connstr", "databasedsn", "saslconfig", "sasljaasconfig"]
        ),
        KeyRule(
            "session",
            .secrets,
            anywhere: [
                "sessionid", "sessionkey", "phpsessid", "jsessionid", "aspnetsessionid", "connectsid", "laravelsession",
                "sessioncookie",
            ],
            atEnd: ["sid", "session", "sess"],
            shape: .opaque,
            contents: .session
        ),
        KeyRule(
            "signature",
            .secrets,
            anywhere: ["xamzsignature", "xgoogsignature"],
            atEnd: ["signature", "sig"],
            shape: .opaque,
            contents: .thing
        ),
        KeyRule(
            "otp",
            .secrets,
            anywhere: [
                "mfacode", "recoverycode", "recoverycodes", "backupcode", "backupcodes", "securitycode",
                "verificationcode",
                "otpauth", "authcode", "authorizationcode", "activationcode", "onetimecode", "onetimepassword",
                "smscode",
                "twofactorcode", "confirmationcode", "logincode", "resetcode",
            ],
            atEnd: ["otp", "totp", "otpcode", "mfa", "tan"],
            shape: .oneTimeCode
        ),
        KeyRule("pin", .secrets, anywhere: ["pincode", "pinnumber", "cardpin"], atEnd: ["pin"], shape: .pin),
        KeyRule("salt", .secrets, atEnd: ["salt", "pepper"], shape: .long),
        KeyRule("pair", .secrets, atEnd: [], treatment: .pair),
    ]

    private static let identities: [KeyRule] = [
        KeyRule(
            "cvv",
            .pii,
            anywhere: ["cvv", "cvc", "cvv2", "cvc2", "csc", "cvn", "cardsecuritycode", "cardverificationvalue"],
            shape: .cvv
        ),
        KeyRule(
            "card",
            .pii,
            anywhere: [
                "creditcard", "cardnumber", "cardnum", "ccnumber", "ccnum", "debitcard", "primaryaccountnumber",
                "cardpan",
                "paymentcard", "numerotarjeta", "kartennummer", "numerocarte",
            ],
            atEnd: ["cardno", "pan", "card"],
            shape: .cardNumber
        ),
        KeyRule(
            "card-expiry",
            .pii,
            anywhere: ["cardexpiry", "cardexpiration", "cardexp", "ccexp", "expirydate", "expdate", "cardexpirydate"],
            shape: .expiry
        ),
        KeyRule(
            "ssn",
            .pii,
            anywhere: ["socialsecurity", "socialsecuritynumber", "ssnlast4"],
            atEnd: ["ssn", "itin"],
            shape: .idNumber
        ),
        KeyRule(
            "national-id",
            .pii,
            anywhere: [
                "nationalid", "nationalidnumber", "nationalinsurance", "nationalinsurancenumber", "personnummer",
                "personalnummer", "fodselsnummer", "aadhaar", "aadhar", "pesel", "bsn", "burgerservicenummer",
                "nhsnumber",
                "medicare", "medicarenumber", "codicefiscale", "curp", "idcard", "idcardnumber", "identitycard",
                "identitynumber", "citizenid", "mynumber", "socialinsurance", "socialinsurancenumber", "governmentid",
                "idnumber", "cccd", "hetu", "personalidentitycode",
            ],
            atEnd: [
                "sin", "cpf", "nino", "nric", "nif", "nie", "dni", "rut", "cnp", "egn", "cpr", "fnr", "rrn", "nir",
                "ahv",
                "avs", "teudatzehut", "tckn", "tckimlikno", "jmbg", "oib", "pps", "ppsn",
            ],
            shape: .idNumber
        ),
        KeyRule(
            "tax-id",
            .pii,
            anywhere: [
                "taxid", "taxidnumber", "taxnumber", "steuerid", "steueridnr", "steuernummer", "vatid", "taxpayerid",
                "employerid",
            ],
            atEnd: ["tin", "tfn", "cnpj", "ein"],
            shape: .idNumber
        ),
        KeyRule("passport", .pii, anywhere: ["passport", "passportnumber", "passportno"], shape: .idNumber),
        KeyRule(
            "driver-license",
            .pii,
            anywhere: [
                "driverlicense", "driverslicense", "driverlicence", "driverslicence", "drivinglicence",
                "drivinglicense", "licensenumber", "licencenumber",
            ],
            shape: .idNumber
        ),
        KeyRule(
            "bank-account",
            .pii,
            anywhere: [
                "bankaccount", "bankaccountnumber", "accountnumber", "routingnumber", "accountno", "acctnumber",
                "acctno", "sortcode", "bankaccountno",
            ],
            shape: .idNumber
        ),
        KeyRule("iban", .pii, anywhere: ["iban", "ibannumber"], shape: .idNumber),
        KeyRule("device-id", .pii, anywhere: ["imei", "vin", "imsi", "iccid"], shape: .idNumber),
        KeyRule(
            "email",
            .pii,
            anywhere: ["email", "emailaddress", "emails"],
            atEnd: ["mail", "emailto", "emailfrom", "recipient", "sender", "mailto"],
            shape: .email
        ),
        KeyRule(
            "phone",
            .pii,
            anywhere: [
                "phonenumber", "mobilenumber", "telephone", "phoneno", "mobileno", "msisdn", "whatsapp", "cellphone",
                "contactnumber", "phonenum", "telefon", "telefono", "handynummer",
            ],
            atEnd: ["phone", "phones", "mobile", "tel", "fax", "cell", "sms", "homephone", "workphone"],
            shape: .phone
        ),
        KeyRule(
            "date-of-birth",
            .pii,
            anywhere: ["birthdate", "dateofbirth", "birthday", "birthdt", "geburtsdatum", "datenaissance"],
            atEnd: ["dob"],
            shape: .date
        ),
        KeyRule(
            "name",
            .pii,
            anywhere: [
                "firstname", "lastname", "fullname", "surname", "givenname", "middlename", "maidenname", "familyname",
            ],
            isOnByDefault: false
        ),
        KeyRule(
            "address",
            .pii,
            anywhere: [
                "streetaddress", "addressline1", "addressline2", "street", "postcode", "postalcode", "zipcode",
                "homeaddress",
            ],
            atEnd: ["zip"],
            isOnByDefault: false
        ),
        KeyRule(
            "location",
            .pii,
            anywhere: ["latitude", "longitude", "geolocation"],
            atEnd: ["lat", "lon", "lng"],
            isOnByDefault: false
        ),
    ]

    /// Keys whose values are ids, digests and versions: digit and hex detectors stay away from them.
    static let protectedKeys: [String] = [
        "traceid", "spanid", "parentid", "parentspanid", "requestid", "reqid", "correlationid", "traceparent",
        "tracestate",
        "transactionid", "txid", "commit", "commitid", "commitsha", "gitcommit", "sha", "sha1", "sha256", "md5",
        "digest",
        "checksum", "etag", "uuid", "guid", "uid", "hash", "revision", "version", "build", "buildid", "fingerprint",
        "imageid", "containerid", "imagedigest", "timestamp", "time", "ts", "datetime", "createdat", "updatedat",
        "epoch",
        "offset", "sequence", "seq", "cursor", "orderid", "ordernumber", "invoiceid", "invoicenumber", "trackingnumber",
        "b3", "uberTraceId", "xamzntraceid", "cfray", "jobid", "runid", "taskid", "processid", "threadid", "messageid",
        "eventid", "blockid", "txhash", "blockhash", "nonce", "duration", "durationns", "latency", "elapsed", "bytes",
        "size", "length", "count", "port", "pid", "line", "sku", "upc", "ean", "gtin", "isbn", "asin", "productid",
    ].map { $0.lowercased() }

    /// A key that ends in one of these words speaks about a secret and is none.
    static let negativeEnds: [String] = [
        "count", "used", "usage", "type", "types", "length", "len", "size", "ttl", "expiry", "expires", "expired",
        "expiration", "expiresin", "expiresat", "expire", "name", "names", "ref", "path", "file", "filename", "url",
        "uri", "endpoint", "version",
        "alg", "algorithm", "enabled", "disabled", "required", "present", "provided", "verified", "valid", "invalid",
        "reset", "policy", "hint", "status", "result", "results", "last4", "lastfour", "ms", "us", "ns", "rate",
        "limit", "index",
        "method", "mode", "flow", "error", "errors", "attempts", "changed", "changedat", "updated", "created",
        "createdat",
        "updatedat", "at", "date", "time", "age", "strength", "scheme", "provider", "source", "format", "class",
        "state",
        "brand", "network", "issuer", "country", "domain", "action", "event", "page", "view", "form", "field", "label",
        "template", "subject", "bin", "holder", "storage", "store", "manager", "service", "server", "host", "port",
        "client",
        "timeout", "duration", "bucket", "table", "column", "row", "rotation", "prefix", "suffix", "model", "os",
        "carrier",
        "platform", "app", "validator", "generator", "handler", "middleware", "filter", "exists", "missing", "match",
        "matches", "ok", "success", "failed", "failures", "budget", "left", "remaining", "per", "position", "ids",
        "level",
        "config", "settings", "options", "scope", "scopes", "audience", "realm", "ratio", "cost", "price", "sent",
        "queue",
        "expirydays", "backend", "plugin", "module", "lookup", "check", "checks", "validation", "verification",
        "info", "details", "lastset", "found", "tags", "evidence", "running", "strategy", "arn", "deleted", "revoked",
        "rotated", "removed", "lifetime", "seconds", "minutes", "hours", "days",
    ]

    /// What stands under names that end in one of these words describes a secret and is none.
    static let descriptionEnds: [String] = [
        "type", "types", "kind", "status", "state", "name", "date", "at", "time", "timestamp", "dt", "expiration",
        "expires", "expiry", "seconds", "minutes", "hours", "days", "method", "mode", "level", "algorithm", "format",
        "version", "reason", "path", "url", "description", "title", "length", "ttl", "lifetime", "alg", "update",
    ]

    /// Properties of a thing that end in one of these words say who, what or where: `userName`, `scopes`.
    static let propertyEnds: [String] = [
        "names", "username", "user", "action", "actions", "scope", "scopes", "issuer", "realm", "audience",
        "permission", "permissions", "resource", "role", "roles", "arn", "agent", "ja3", "ja4", "details", "selector",
        "dns", "domain", "country", "city", "os", "browser", "device", "label", "labels", "tags", "subject",
        "certificate", "fingerprint", "fingerprints", "serial", "digest", "jti", "kid",
    ]

    /// What stands behind a sensitive word and leaves it one: in text, keys are looked for by their ends.
    static let appendages: [String] = [
        "new", "old", "confirm", "confirmation", "again", "repeat", "value", "raw", "plain", "prod", "json", "string",
    ]

    /// A word that ends in one of these means the same without a hump: `requesttoken`.
    static let tails = ["token", "secret"]

    /// `_id`, `_uid` and `_uuid` are negative only behind these: a key's id is public, a session's is not.
    static let publicIDs: [String] = [
        "key", "keys", "secret", "credential", "credentials", "token", "cookie", "password", "card", "phone", "email",
    ]

    /// With one of these in front, `token` is a place in a list or a piece of text.
    static let harmlessTokens: [String] = [
        "next", "page", "pagination", "continuation", "cursor", "sync", "prev", "previous", "max", "min", "prompt",
        "completion", "total", "input", "output", "unexpected", "stop", "eos", "bos", "cancellation", "cancel", "start",
        "end",
        "first", "last", "current", "parser", "lexer", "num", "elevated", "elevation", "publickey", "hashed", "canary",
        "idempotency",
    ]

    /// A key that begins with one of these asks or tells about a secret.
    static let questionWords: [String] = [
        "is", "has", "had", "needs", "need", "require", "requires", "use", "uses", "using", "allow", "allows", "enable",
        "disable", "no", "without", "missing", "invalid", "forgot", "reset", "change", "validate", "verify", "check",
        "should", "can", "supports", "min", "max", "num", "count",
    ]
}
