import CollectCommand
import ToolKit

Tool.main(CollectCommand.self, named: "bf-gc")
