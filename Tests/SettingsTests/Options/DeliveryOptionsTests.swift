import Settings
import Testing

struct DeliveryOptionsTests {
    @Test func `an output overrides only what it names`() throws {
        let file = try ConfigurationFile.parse(
            """
            delivery: {batch: {bytes: 2MiB}, retry: {budget: 30%}}
            outputs:
              loki: {batch: {age: 3s}, compression: 6}
            """
        )
        let common = DeliveryOptions(reading: file.root.child("delivery"))
        let loki = DeliveryOptions(reading: file.root.child("outputs").child("loki"), defaults: common)
        file.root.finish()
        #expect(file.problems.problems == [])
        #expect(loki.batch == DeliveryOptions.Batch(bytes: 2 << 20, age: .seconds(3)))
        #expect(loki.compression == .level(6))
        #expect(loki.retry.budgetPercent == 30)
    }
}
