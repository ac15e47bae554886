using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Simulation.Faults;
using ElectricBrain.Sensors.Simulation.Scenes;
using ElectricBrain.Sensors.Tests.Clocks;

namespace ElectricBrain.Sensors.Tests.Simulation.Faults;

public sealed class FaultPlanTests
{
    private static readonly EnviroScene Room = EnviroScene.Constant(new EnviroConditions(21, 45, 101_325, 300, 10));

    private readonly VirtualTimeProvider _clock = new();

    [Theory]
    [InlineData(FaultKind.NotAcknowledged, "Error 121 performing I2C data transfer.")]
    [InlineData(FaultKind.TimedOut, "Error 110 performing I2C data transfer.")]
    [InlineData(FaultKind.Absence, "Error 121 performing I2C data transfer.")]
    public void On_BusThatFailsTransfers_ThrowsAsLinuxDoes(FaultKind kind, string message)
    {
        using var bus = new FaultPlan(1, _clock) { [kind] = 1 }.On(new SimulatedEnviro(Room, _clock).Bus);

        Assert.Equal(message, Assert.Throws<IOException>(() => bus.CreateDevice(0x76).WriteRead([0xD0], new byte[1])).Message);
    }

    [Fact]
    public void On_LineHeldLow_ReadsZerosForAWhileFromEveryChip()
    {
        var faults = new FaultPlan(1, _clock) { [FaultKind.StuckLow] = 1, LongestDuration = TimeSpan.FromSeconds(1) };
        using var bus = faults.On(new SimulatedEnviro(Room, _clock).Bus);
        Assert.Equal(0, Id(bus, 0x76));
        faults[FaultKind.StuckLow] = 0;

        Assert.Equal(0, Id(bus, 0x76));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0x60, Id(bus, 0x76));
        var fault = Assert.Single(faults.Injected);
        Assert.Equal((FaultKind.StuckLow, "0x76"), (fault.Kind, fault.Target));
        Assert.InRange(fault.Until - fault.Since, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void On_BitFlip_ChangesOneBit()
    {
        using var bus = new FaultPlan(1, _clock) { [FaultKind.BitFlip] = 1 }.On(new SimulatedEnviro(Room, _clock).Bus);

        Assert.Equal(1, int.PopCount(Id(bus, 0x76) ^ 0x60));
    }

    [Fact]
    public async Task On_SameSeed_HasTheSameFaults()
    {
        var (first, second) = (await InjectedAsync(seed: 5), await InjectedAsync(seed: 5));

        Assert.NotEmpty(first);
        Assert.Equal(first, second);
        Assert.NotEqual(first, await InjectedAsync(seed: 6));
    }

    [Fact]
    public void On_BusOfASimulation_IsStillMarkedAsSimulated()
    {
        using var hat = EnviroHat.OpenOn(new FaultPlan(1, _clock).On(new SimulatedEnviro(Room, _clock).Bus), timeProvider: _clock);

        Assert.True(hat.IsSimulated);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    public void Probability_OutsideZeroToOne_IsRefused(double probability) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FaultPlan(1)[FaultKind.BitFlip] = probability);

    private static byte Id(System.Device.I2c.I2cBus bus, int address)
    {
        Span<byte> id = stackalloc byte[1];
        bus.CreateDevice(address).WriteRead([0xD0], id);
        return id[0];
    }

    private static async Task<InjectedFault[]> InjectedAsync(int seed)
    {
        var clock = new VirtualTimeProvider();
        var faults = new FaultPlan(seed, clock);
        using var hat = EnviroHat.OpenOn(faults.On(new SimulatedEnviro(Room, clock).Bus), timeProvider: clock);
        faults[FaultKind.NotAcknowledged] = faults[FaultKind.BitFlip] = 0.1;
        for (var i = 0; i < 50; i++)
        {
            await hat.ReadAsync(TestContext.Current.CancellationToken);
        }

        return [.. faults.Injected];
    }
}
