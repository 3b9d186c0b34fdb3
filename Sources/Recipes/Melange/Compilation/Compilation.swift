import Documents
import FarmModel

/// One configuration on its way to a build.
struct Compilation {
    private let configuration: MelangeConfigurationFile
    private let architecture: Architecture
    private let defaults: MelangeDefaults
    private let root: RootBuilder
    private var steps: StepCompiler

    init(
        _ configuration: MelangeConfigurationFile, for architecture: Architecture, pipelines: MelangePipelines, defaults: MelangeDefaults,
        makesScripts: Bool = true
    ) {
        self.configuration = configuration.enabling(defaults.buildOptions)
        self.architecture = architecture
        self.defaults = defaults
        root = RootBuilder(defaults: defaults)
        steps = StepCompiler(pipelines: pipelines, makesScripts: makesScripts, errors: DocumentErrors())
    }

    /// The pipelines, with those that were read on the way.
    var pipelines: MelangePipelines { steps.pipelines }

    /// What is wrong.
    var errors: DocumentErrors { steps.errors }

    // MARK: Builds

    /// The whole build; worth nothing if there are errors.
    mutating func build() -> MelangeBuild {
        let packages = expand()
        let main = packages[0]
        let package = configuration.package
        checkArchitecture(main.scope)
        let phases = phases(of: packages)
        let work = work(configuration.environment, of: main, phases: phases)
        let resources = MelangeBuild.Resources(package.resources)
        return MelangeBuild(
            name: main.name, version: main.scope.shared["package.version"] ?? "", epoch: package.epoch, architecture: architecture,
            work: work.work, packages: bodies(of: packages), tests: tests(of: packages), timeoutMilliseconds: package.timeoutMilliseconds,
            resources: resources, testResources: package.testResources.map { MelangeBuild.Resources($0) } ?? resources,
            needs: ownNeeds(main.scope) + work.needs)
    }

    private mutating func expand() -> [ExpandedPackage] {
        var expander = ConfigurationExpander(configuration, architecture: architecture, errors: steps.errors)
        let packages = expander.packages()
        steps.errors = expander.errors
        return packages
    }

    private mutating func checkArchitecture(_ scope: MelangeScope) {
        let names = architectures(scope)
        guard let first = configuration.package.architectures.first, !isMade(for: names) else { return }
        let message = "target-architecture: this package is not made for \(architecture), only for \(names.alternatives)"
        edit(scope) { replacer in replacer.fail(at: first.position, message) }
    }

    private mutating func architectures(_ scope: MelangeScope) -> [String] {
        let texts = configuration.package.architectures
        return edit(scope) { replacer in replacer.lines(texts, "target-architecture") }
    }

    private func isMade(for names: [String]) -> Bool {
        names.isEmpty || names.contains("all") || names.contains { Architecture($0) == architecture }
    }

    /// A phase for the main package, and one for each subpackage that has steps.
    private mutating func phases(of packages: [ExpandedPackage]) -> [Phase] {
        let scripts = PhaseScript(defaults)
        var phases: [Phase] = []
        for package in packages {
            steps.compile(package.steps, in: StepSurroundings(file: configuration.file, scope: package.scope))
            let runnable = steps.takeSteps()
            if phases.isEmpty {
                let preparation = scripts.preparation(ofPackages: packages.map(\.name))
                phases.append(scripts.phase(named: "build", preparation: preparation, steps: runnable))
            } else if !runnable.isEmpty {
                phases.append(scripts.phase(named: "package \(package.name)", steps: runnable))
            }
        }
        var licenses: [LicenseFile] = []
        for package in packages { licenses += edit(package.scope) { replacer in replacer.licenseFiles(of: package) } }
        if !licenses.isEmpty { phases.append(scripts.phase(named: "licenses", preparation: licenses.flatMap(\.script), steps: [])) }
        return phases
    }

    /// What runs in an environment, with the needs and sources that the steps before gathered.
    private mutating func work(
        _ environment: MelangeEnvironment, of package: ExpandedPackage, installed: [String] = [], phases: [Phase]
    ) -> (work: MelangeWork, needs: [NeedReference]) {
        let needs = steps.takeNeeds()
        let sources = steps.takeSources()
        let root = root
        let work = edit(package.scope) { replacer in
            let user = root.user(environment, &replacer)
            let names = user.number == 0 ? [:] : ["USER": user.name, "LOGNAME": user.name]
            let variables = PhaseScript.variables.merging(names) { $1 }
            return MelangeWork(
                environment: root.root(environment, needs: needs, others: installed, &replacer),
                variables: variables.merging(replacer.values(environment.variables)) { $1 }, user: user.number, fetches: sources.fetches,
                checkouts: sources.checkouts, phases: phases)
        }
        return (work, needs)
    }

    private mutating func bodies(of packages: [ExpandedPackage]) -> [PackageBody] {
        let scope = packages[0].scope
        let maker = PackageBodies(
            version: scope.shared["package.full-version"] ?? "", architecture: architecture, origin: packages[0].name,
            buildTime: defaults.buildTime, main: configuration.package.facts)
        var bodies: [PackageBody] = []
        for package in packages { bodies.append(edit(package.scope) { replacer in maker.body(of: package, &replacer) }) }
        return bodies
    }

    private mutating func tests(of packages: [ExpandedPackage]) -> [MelangeTest] {
        let scripts = PhaseScript(defaults)
        var tests: [MelangeTest] = []
        for package in packages {
            guard let test = package.test, !test.steps.isEmpty else { continue }
            steps.compile(test.steps, in: StepSurroundings(file: configuration.file, scope: package.scope))
            let phase = scripts.phase(named: "test \(package.name)", preparation: scripts.workspace, steps: steps.takeSteps())
            let work = work(test.environment, of: package, installed: [package.name], phases: [phase])
            tests.append(MelangeTest(name: package.name, work: work.work))
        }
        return tests
    }

    // MARK: Heads

    /// What the order of builds goes by; worth nothing if there are errors.
    mutating func head() -> MelangeHead {
        let packages = expand()
        for package in packages { steps.compile(package.steps, in: StepSurroundings(file: configuration.file, scope: package.scope)) }
        var provided: [MelangeHead.Provided] = []
        for package in packages {
            provided.append(MelangeHead.Provided(text: package.name, file: configuration.file, position: package.position))
            let texts = package.facts.dependencies.provides
            let lines = edit(package.scope) { replacer in replacer.terms(texts, "provides") }
            guard lines.count == texts.count else { continue }
            for (line, text) in zip(lines, texts) {
                provided.append(MelangeHead.Provided(text: line, file: configuration.file, position: text.position, provider: package.name))
            }
        }
        let targets = architectures(packages[0].scope)
        return MelangeHead(
            name: packages[0].name, version: packages[0].scope.shared["package.full-version"] ?? "", architecture: architecture,
            isMade: isMade(for: targets), targets: targets, provided: provided,
            needs: ownNeeds(packages[0].scope) + steps.takeNeeds())
    }

    // MARK: Texts

    /// The packages that the configuration names itself.
    private mutating func ownNeeds(_ scope: MelangeScope) -> [NeedReference] {
        let texts = configuration.environment.packages
        let lines = edit(scope) { replacer in replacer.terms(texts, "packages") }
        guard lines.count == texts.count else { return [] }
        return zip(lines, texts).map { NeedReference(text: $0, file: configuration.file, position: $1.position) }
    }

    /// Replaces variables of a scope, and keeps what is wrong.
    @discardableResult
    private mutating func edit<Result>(_ scope: MelangeScope, _ body: (inout TextReplacer) -> Result) -> Result {
        var replacer = TextReplacer(file: configuration.file, scope: scope, errors: steps.errors, budget: steps.budget)
        let result = body(&replacer)
        steps.errors = replacer.errors
        steps.budget = replacer.budget
        return result
    }
}
