import ServeCommand
import ToolKit

Tool.main(ServeCommand.self, named: "bf-serve")
