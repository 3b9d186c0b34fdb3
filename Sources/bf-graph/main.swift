import GraphCommand
import ToolKit

// bf-graph: everything it does is in GraphCommand, so that tests can run it.
Tool.main(GraphCommand.self, named: "bf-graph")
