internal import FarmAPI
public import FarmModel
public import FarmStore
public import FarmSubmission

extension RemoteFarm: SubmissionDesk {
    /// Secrets go only where nobody can read them on the way.
    public func checkWay(of options: SubmitOptions) throws(FarmError) {
        let address = connection.access.address
        guard (options.secrets.isEmpty && options.webhookSecret == nil) || address.isSecure || address.isLocal else {
            throw FarmError(.usage, "secrets do not go to \(address) unencrypted; use https")
        }
    }

    /// Sends the jobs, after the files of their local sources that the server does not have.
    public func submit(_ jobs: [JobSpec], _ options: SubmitOptions) throws(FarmError) -> Store.SubmitOutcome {
        try checkWay(of: options)
        let bundle = try SourceBundle(jobs, options)
        try BlobUpload(connection, bundle.blobs).send(bundle.trees)
        let request = SubmissionRequest(specs: bundle.jobs.map(\.document), options: options)
        let answer: SubmissionAnswer = try send(request, to: "\(Self.prefix)/submissions")
        return answer.outcome
    }
}
