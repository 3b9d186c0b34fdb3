import FarmModel
import Recipes
import Testing

@Suite struct MatrixTests {
    @Test func cellsComeInInputOrderTheLastAxisFastest() throws {
        let found = try jobs("name: a\nmatrix: {b: [2, 1], arch: [riscv64, x86_64], a: [x, y]}\nrun: 'true'\n")
        #expect(
            found.map(\.identity.description).prefix(3) == [
                "a@riscv64[a=x,b=2]", "a@riscv64[a=y,b=2]", described("a", "x86_64", "a=x,b=2"),
            ])
        #expect(found.count == 8)
        #expect(Set(found.map(\.identity)).count == 8)
    }

    private func described(_ name: String, _ architecture: String, _ cell: String) -> String {
        (architecture == Architecture.native.name ? name : "\(name)@\(architecture)") + "[\(cell)]"
    }

    @Test func cellsAreVariablesAndTemplates() throws {
        let text = """
            name: a
            matrix: {my_flavor: [plain], arch: [amd64]}
            environment: {variables: {F: "<${{ matrix.my_flavor }}>"}}
            phases:
              - name: build-${{matrix.my_flavor}}
                argv: [make, "${{  matrix.arch  }}", "${{ env.X }}", "$${{", "}}${{ matrix.arch", "${{ matrix.my_flavor }}${{ matrix.my_flavor }}"]
            """
        let plan = try plan(text)
        #expect(plan.variables == ["F": "<plain>", "BF_MATRIX_MY_FLAVOR": "plain"])
        #expect(plan.phases.map(\.name) == ["build-plain"])
        let arguments = ["make", "x86_64", "${{ env.X }}", "$${{", "}}${{ matrix.arch", "plainplain"]
        #expect(plan.phases.map(\.command) == [.arguments(arguments)])
    }

    @Test func errorsOfAllCellsAreSaidOnce() {
        #expect(check("name: a\nmatrix: {n: [1, 2, 3]}\nrun: make\npriority: x\n").errors.count == 1)
    }

    @Test func aThousandCellsAreAllowed() throws {
        let ten = (0..<10).map(String.init).joined(separator: ",")
        #expect(try jobs("name: a\nmatrix: {a: [\(ten)], b: [\(ten)], c: [\(ten)]}\nrun: x\n").count == 1000)
    }
}
