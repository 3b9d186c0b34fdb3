/// A search for a set of packages: choices, their consequences, and what is learned from conflicts.
struct SolverSearch {
    let pool: PackagePool
    let world: [Dependency]
    var book: OfferBook
    let reach: TagReach
    var trail: Trail
    var clauses: ClauseStore
    var steps: StepCount
    /// How many levels are taken back at once at most.
    let largestJump: Int
    /// What chosen packages need.
    var requirements: [Requirement] = []
    /// By package: its requirements, known since it was first chosen.
    var requirementsOfPackage: [PackagePool.Member: Range<Int>] = [:]
    /// What is to be chosen from.
    var agenda = Agenda()

    init(pool: PackagePool, world: [Dependency], largestStepCount: Int, largestJump: Int) throws(SolverFailure) {
        self.pool = pool
        self.world = world
        self.largestJump = largestJump
        var book = OfferBook(pool)
        var steps = StepCount(largest: largestStepCount)
        reach = try TagReach(world, in: &book, &steps)
        self.book = book
        self.steps = steps
        trail = Trail(count: pool.count)
        clauses = ClauseStore(packageCount: pool.count)
    }

    /// Chooses all that is needed, and then all that comes by itself.
    mutating func run() throws(SolverFailure) {
        trail.decide(.chosen(PackagePool.world), because: .decision)
        try complete(above: 0)
        try addCompanions()
    }

    /// Makes choices until nothing is missing. What was decided up to a level stays.
    mutating func complete(above level: Int) throws(SolverFailure) {
        var contradiction: Cause?
        while true {
            if contradiction == nil { contradiction = try propagate() }
            if let cause = contradiction {
                guard trail.level > level else { throw explanation(of: cause) }
                contradiction = try learn(from: cause, keeping: level)
            } else if let choice = try nextChoice() {
                choose(choice)
            } else {
                return
            }
        }
    }

    /// Tries a package.
    mutating func choose(_ package: PackagePool.Member) {
        trail.openLevel()
        agenda.openLevel()
        trail.decide(.chosen(package), because: .decision)
    }

    /// Draws all consequences of what was decided.
    ///
    /// - Returns: What contradicts it, if something does.
    private mutating func propagate() throws(SolverFailure) -> Cause? {
        while let literal = trail.next() {
            if literal.isChosen, let cause = try activate(literal.package) { return cause }
            if let clause = try clauses.visit(literal.negated, &trail, &steps) {
                return Cause(reason: .clause(clause), subject: literal.package)
            }
        }
        return nil
    }

    /// The terms of a package, or of who asks.
    func terms(of package: PackagePool.Member) -> [Dependency] {
        package == PackagePool.world ? world : pool[package].dependencies
    }
}
