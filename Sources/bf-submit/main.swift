import SubmitCommand
import ToolKit

Tool.main(SubmitCommand.self, named: "bf-submit")
