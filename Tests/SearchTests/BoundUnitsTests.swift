import TestSupport
import Testing

@testable import Search

@Suite("Bounds in whole units")
struct BoundUnitsTests {
    @Test("a sum of rounded scores is a bound of the sum of the scores, and a near one", arguments: Seed.first(12))
    func sums(seed: Seed) {
        var generator = seed.generator()
        let greatest = generator.pick([0.01, 1, 60, 5000] as [Float])
        let units = BoundUnits(greatest: greatest)
        for _ in 0..<200 {
            let count = 1 + generator.below(200)
            var sum: Float = 0
            var value: BoundUnits.Value = 0
            for _ in 0..<count {
                let score = greatest / Float(count) * Float(generator.below(1001)) / 1000
                sum += score
                value = BoundUnits.adding(score * units.scale, to: value)
            }
            #expect(value > 0 && value >= units.floor(sum))
            #expect(units.score(value) >= sum)
            #expect(units.score(value) <= sum + Float(count) * 1.6 / units.scale)
        }
    }

    @Test("where rounding adds up to more than there is room for, the sum stays above all")
    func saturation() {
        let units = BoundUnits(greatest: 7)
        var value: BoundUnits.Value = 0
        for _ in 0..<50_000 { value = BoundUnits.adding(0, to: value) }
        for _ in 0..<3 { value = BoundUnits.adding(7 * units.scale, to: value) }
        #expect(value == .max && units.score(value) >= 7 && value >= units.floor(7))
    }

    @Test("what is left out stays below every floor")
    func settled() {
        let units = BoundUnits(greatest: 7)
        let value = BoundUnits.adding(7 * units.scale, to: .min)
        #expect(value < units.floor(0) && value < units.floor(-3) && units.floor(0) == 1)
    }

    @Test("nothing to add is no division by nothing", arguments: [0, 1e-37] as [Float])
    func nothing(greatest: Float) {
        let units = BoundUnits(greatest: greatest)
        #expect(units.floor(0) == 1 && units.floor(.infinity) == .max && units.score(1).isFinite)
    }
}
