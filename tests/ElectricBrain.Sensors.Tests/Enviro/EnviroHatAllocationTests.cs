using ElectricBrain.Sensors.Enviro;
using ElectricBrain.Sensors.Simulation;
using ElectricBrain.Sensors.Tests.Clocks;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Enviro;

public sealed class EnviroHatAllocationTests
{
    private readonly EventClock _clock = new();

    [Fact]
    public void ReadAsync_MeasuringOnRequest_AllocatesNothing()
    {
        using var hat = EnviroHat.OpenOn(new SimulatedEnviro(timeProvider: _clock).Header, timeProvider: _clock);
        using var cancellation = new CancellationTokenSource();
        Read(hat, 100, cancellation.Token);

        Assert.Equal(0, Allocations.FewestOf(() => Read(hat, 100, cancellation.Token)));
    }

    private void Read(EnviroHat hat, int times, CancellationToken cancellationToken)
    {
        for (var i = 0; i < times; i++)
        {
            var read = hat.ReadAsync(EnviroSensors.All, cancellationToken);
            while (!read.IsCompleted)
            {
                _clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            // It has completed. To await it could go on in another thread, whose allocations are not counted.
            Assert.NotNull(read.GetAwaiter().GetResult().TemperatureCelsius);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
