/// The samples of a family, of which each is made when it is written: thousands of series are never there at once.
package struct SampleList<Sample: Sendable & Equatable>: Sendable, RandomAccessCollection {
    /// How many there are.
    package let count: Int
    private let make: @Sendable (Int) -> Sample

    /// Samples that `make` makes from their numbers.
    package init(count: Int, _ make: @escaping @Sendable (Int) -> Sample) {
        self.count = count
        self.make = make
    }

    /// Samples that are there.
    package init(_ samples: [Sample]) {
        self.init(count: samples.count) { samples[$0] }
    }

    /// The first number.
    package var startIndex: Int { 0 }
    /// Behind the last number.
    package var endIndex: Int { count }
    /// Makes a sample.
    package subscript(index: Int) -> Sample { make(index) }
}

extension SampleList: Equatable {
    /// Equal are lists of equal samples.
    package static func == (left: Self, right: Self) -> Bool { left.elementsEqual(right) }
}

extension SampleList: ExpressibleByArrayLiteral {
    /// Lets samples be written as a list.
    package init(arrayLiteral samples: Sample...) { self.init(samples) }
}
