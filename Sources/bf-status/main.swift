import StatusCommand
import ToolKit

Tool.main(StatusCommand.self, named: "bf-status")
