extension Check {
    /// Every check, in the order of the checklist: one line each.
    package static let all: [Check] = [
        // Build and artefacts.
        immutableImage,
        imageLabels,
        // Security.
        user,
        readOnlyRoot,
        capabilities,
        noNewPrivileges,
        seccomp,
        mandatoryAccess,
        privileged,
        engineSocket,
        publishedPorts,
        secretsInEnvironment,
        secretsInArguments,
        // Reliability.
        memoryLimit,
        cpuLimit,
        pidsLimit,
        openFileLimit,
        healthCheck,
        healthy,
        restartPolicy,
        stopsInTime,
        restarts,
        outOfMemory,
        // Observability.
        logRotation,
        structuredLogs,
        logIDs,
        personalDataInLogs,
        secretsInLogs,
        metricsEndpoint,
        healthEndpoint,
        readyEndpoint,
    ]

    /// The checks that the lines of a service alone answer.
    package static let ofLines: [Check] = [logIDs]
}
