public import ArgumentParser
public import FarmModel

extension StatisticsGrouping: ExpressibleByArgument {}
