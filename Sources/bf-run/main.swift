import RunCommand

RunTool.main()
