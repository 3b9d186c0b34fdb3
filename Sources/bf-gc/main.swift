import CollectCommand

CollectTool.main()
