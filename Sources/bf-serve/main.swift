import ServeCommand

ServeTool.main()
