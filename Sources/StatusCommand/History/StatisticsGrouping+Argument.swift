internal import ArgumentParser
public import FarmModel
public import ToolKit

extension StatisticsGrouping: WordArgument {}
