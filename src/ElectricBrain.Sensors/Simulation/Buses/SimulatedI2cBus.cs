using System.Device.I2c;
using ElectricBrain.Sensors.Diagnostics;

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

    /// <summary>How often the bus was opened.</summary>
    public int Openings { get; private set; }

    /// <summary>Whether the adapter hangs: every transfer times out until the bus is opened anew.</summary>
    public bool IsHung { get; set; }

    /// <summary>Whether the bus exists: one that does not can be neither opened nor used.</summary>
    public bool IsPresent { get; set; } = true;

    /// <inheritdoc/>
    public override I2cDevice CreateDevice(int deviceAddress) => new SimulatedI2cDevice(this, deviceAddress);

    /// <inheritdoc/>
    public override void RemoveDevice(int deviceAddress)
    {
    }

    internal static IOException TransferError(I2cFault fault) =>
        new($"Error {(fault == I2cFault.TimedOut ? 110 : 121)} performing I2C data transfer.");

    /// <exception cref="SensorException">The bus does not exist.</exception>
    internal SimulatedI2cBus Open()
    {
        if (!IsPresent)
        {
            throw new SensorException(SensorFault.BusMissing, $"The simulated I2C bus {BusId} does not exist. Set {nameof(IsPresent)}.", BusId);
        }

        Openings++;
        IsHung = false;
        return this;
    }

    internal void PowerCycle(int address) => _chips.GetValueOrDefault(address)?.PowerCycle();

    internal void Transfer(int address, ReadOnlySpan<byte> write, Span<byte> read)
    {
        if (IsHung || !IsPresent)
        {
            throw TransferError(IsHung ? I2cFault.TimedOut : I2cFault.NotAcknowledged);
        }

        if (!_chips.TryGetValue(address, out var chip))
        {
            throw TransferError(I2cFault.NotAcknowledged);
        }

        chip.Transfer(write, read);
    }
}
