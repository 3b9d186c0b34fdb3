/// A farm as the tools see it: what they read of it and what they ask of it, whether its state directory is here or behind a server.
///
/// A ``Store`` is the farm in a state directory of this machine. Each part of the protocol holds one topic.
public protocol Farm: FarmReading, FarmActivity, FarmExplaining, FarmHistory, FarmLogs, FarmRequests, FarmBackends {}

extension Store: Farm {}
