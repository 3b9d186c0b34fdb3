import Testing
@testable import FarmConfiguration
