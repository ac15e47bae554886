using System.Device.I2c;

namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>An I2C bus with simulated chips. An address without a chip is not acknowledged, as on a real bus.</summary>
public sealed class SimulatedI2cBus : I2cBus
{
    private readonly Dictionary<int, SimulatedChip> _chips = [];

    /// <summary>Creates the bus.</summary>
    /// <param name="busId">The number that errors name.</param>
    /// <param name="chips">The chips on it, each at an address of its own.</param>
    public SimulatedI2cBus(int busId, params ReadOnlySpan<SimulatedChip> chips)
    {
        BusId = busId;
        foreach (var chip in chips)
        {
            ArgumentNullException.ThrowIfNull(chip, nameof(chips));
            _chips.Add(chip.Address, chip);
        }
    }

    /// <summary>The number of the bus.</summary>
    public int BusId { get; }

    /// <inheritdoc/>
    public override I2cDevice CreateDevice(int deviceAddress) => new SimulatedI2cDevice(this, deviceAddress);

    /// <inheritdoc/>
    public override void RemoveDevice(int deviceAddress)
    {
    }

    internal static IOException TransferError(I2cFault fault) =>
        new($"Error {(fault == I2cFault.TimedOut ? 110 : 121)} performing I2C data transfer.");

    internal void Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (!_chips.TryGetValue(address, out var chip))
        {
            throw TransferError(I2cFault.NotAcknowledged);
        }

        chip.Transfer(write, read);
    }
}
