namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>A chip of registers on a <see cref="SimulatedI2cBus"/>, with faults on request.</summary>
public abstract class SimulatedChip
{
    private readonly Lock _lock = new();
    private byte _pointer;
    private int _transfersToFail;
    private I2cFault _fault;

    /// <summary>Creates the chip.</summary>
    /// <param name="address">Its 7-bit address.</param>
    protected SimulatedChip(int address)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(address);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, 0x7F);
        Address = address;
    }

    /// <summary>The 7-bit address.</summary>
    public int Address { get; }

    /// <summary>Whether the chip is connected: one that is not acknowledges nothing.</summary>
    public bool IsConnected { get; set; } = true;

    /// <summary>Transfers that were tried with this chip, failed ones included.</summary>
    public int TransferCount { get; private set; }

    /// <summary>Lets the next transfers fail.</summary>
    public void FailNext(I2cFault fault, int transfers = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(transfers);
        lock (_lock)
        {
            _fault = fault;
            _transfersToFail = transfers;
        }
    }

    /// <summary>Interrupts the supply for a moment: every register is as after power-on.</summary>
    public void PowerCycle()
    {
        lock (_lock)
        {
            _pointer = 0;
            ResetRegisters();
        }
    }

    internal void Transfer(ReadOnlySpan<byte> write, Span<byte> read)
    {
        lock (_lock)
        {
            TransferCount++;
            ThrowIfFaulty();
            if (!write.IsEmpty)
            {
                _pointer = write[0];
                WriteRegisters(_pointer, write[1..]);
            }

            if (!read.IsEmpty)
            {
                ReadRegisters(_pointer, read);
                _pointer += (byte)read.Length;
            }
        }
    }

    /// <summary>Writes the bytes that follow a register address; there may be none.</summary>
    protected abstract void WriteRegisters(byte register, ReadOnlySpan<byte> values);

    /// <summary>Reads consecutive registers as of one instant.</summary>
    protected abstract void ReadRegisters(byte register, Span<byte> values);

    /// <summary>Sets the registers to their state after power-on.</summary>
    protected abstract void ResetRegisters();

    private void ThrowIfFaulty()
    {
        if (!IsConnected)
        {
            throw SimulatedI2cBus.TransferError(I2cFault.NotAcknowledged);
        }

        if (_transfersToFail > 0)
        {
            _transfersToFail--;
            throw SimulatedI2cBus.TransferError(_fault);
        }
    }
}
