import Execution
import FarmModel
import FarmStore
import Fetching
import HostSystem
import PackageRoots

/// The root file systems of an attempt whose environments are apk packages.
struct PackageSurroundings {
    let context: AttemptContext
    let preparation: Preparation
    /// The packages of jobs that this one needs; these win over all other repositories.
    private var local: [LocalRepository] = []
    /// Keeps gc from them.
    private var views: [TreeCache.View] = []

    init(context: AttemptContext, preparation: Preparation) {
        self.context = context
        self.preparation = preparation
    }

    /// Offers the packages that other jobs made.
    mutating func add(_ needs: [NeededTree], sourceDateEpoch: Int64) throws(AttemptFailure) {
        for need in needs where need.tree != StoredTree.empty.digest {
            let view = try AttemptFailure.wrap { () throws(FarmError) in
                try context.trees.view(of: need.tree, sourceDateEpoch: sourceDateEpoch)
            }
            views.append(view)
            add(need.name, folder: view.path)
        }
    }

    /// Offers the packages in a folder.
    mutating func add(_ name: String, folder: String) { local.insert(LocalRepository(name: name, folder: folder), at: 0) }

    /// What an environment consists of now.
    func resolve(_ environment: PackageEnvironment, for architecture: Architecture) throws(AttemptFailure) -> EnvironmentLock {
        var environment = environment
        environment.repositories += context.options.packages.repositories.map { PackageEnvironment.Repository(address: $0) }
        environment.keys += context.options.packages.keys
        return try prepare { [environment] context throws(EnvironmentFailure) in
            try builder.resolve(environment, architecture: Self.concrete(architecture), local: local, context: context)
        }
    }

    /// The root of it.
    func root(for lock: EnvironmentLock) throws(AttemptFailure) -> PreparedRoot {
        try prepare { context throws(EnvironmentFailure) in try builder.root(for: lock, local: local, context: context) }
    }

    private var builder: PackageEnvironmentBuilder { PackageEnvironmentBuilder(cache: context.store.directory.cache) }

    /// A package for all architectures is built in the surroundings of this one.
    private static func concrete(_ architecture: Architecture) -> Architecture { architecture == .noarch ? .native : architecture }

    private func prepare<T>(_ body: (FetchContext) throws(EnvironmentFailure) -> T) throws(AttemptFailure) -> T {
        let fetching = FetchContext(deadline: preparation.deadline, stop: preparation.stop.descriptor) { preparation.say($0) }
        do throws(EnvironmentFailure) { return try body(fetching) } catch {
            // The phase that this fails says the message itself.
            for line in error.details where line != error.message { preparation.say(line) }
            throw AttemptFailure(error.failureClass ?? .infrastructure, error.message)
        }
    }
}
