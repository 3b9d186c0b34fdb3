import LogsCommand
import ToolKit

Tool.main(LogsCommand.self, named: "bf-logs")
