using System.Buffers.Binary;
using System.Device.I2c;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses;

/// <summary>
/// Register access to one chip. Sporadic transfer errors (EREMOTEIO, ETIMEDOUT) are normal on a Pi's bus: each transfer is
/// repeated a few times before it counts as a fault. Every transfer made here is safe to repeat.
/// </summary>
internal sealed class I2cRegisters(I2cDevice device, string chip) : IDisposable
{
    private const int Attempts = 3;

    private readonly int _busId = device.ConnectionSettings.BusId;
    private readonly int _address = device.ConnectionSettings.DeviceAddress;

    public byte Read(byte register)
    {
        Span<byte> value = stackalloc byte[1];
        Read(register, value);
        return value[0];
    }

    /// <summary>Reads consecutive registers in one transaction (write of the address, repeated start, read).</summary>
    public void Read(byte register, Span<byte> values)
    {
        ReadOnlySpan<byte> address = [register];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                device.WriteRead(address, values);
                return;
            }
            catch (Exception exception) when (IsTransferError(exception))
            {
                ThrowIfExhausted(attempt, exception);
            }
        }
    }

    /// <summary>Reads a register of 16 bits, the high byte first.</summary>
    public ushort ReadWord(byte register)
    {
        Span<byte> value = stackalloc byte[sizeof(ushort)];
        Read(register, value);
        return BinaryPrimitives.ReadUInt16BigEndian(value);
    }

    public void Write(byte register, byte value) => Write([register, value]);

    /// <summary>Writes two registers in one transfer, on chips that take pairs of register and value.</summary>
    public void Write(byte register, byte value, byte nextRegister, byte nextValue) => Write([register, value, nextRegister, nextValue]);

    /// <summary>Writes a register of 16 bits, the high byte first.</summary>
    public void WriteWord(byte register, ushort value) => Write([register, (byte)(value >> 8), (byte)value]);

    /// <summary>The exception for a fault of this chip.</summary>
    public SensorException Fault(SensorFault fault, string what, Exception? innerException = null) =>
        new(fault, $"{chip} at 0x{_address:X2} on I2C bus {_busId} {what}", _busId, _address, innerException);

    public void Dispose() => device.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                device.Write(bytes);
                return;
            }
            catch (Exception exception) when (IsTransferError(exception))
            {
                ThrowIfExhausted(attempt, exception);
            }
        }
    }

    /// <summary>A bus that is gone says so itself, and repeating the transfer does not bring it back.</summary>
    private static bool IsTransferError(Exception exception) => exception is (IOException and not SensorException) or TimeoutException;

    private void ThrowIfExhausted(int attempt, Exception exception)
    {
        if (attempt == Attempts)
        {
            throw Fault(
                SensorFault.NoAnswer,
                $"does not answer ({Attempts} attempts: {exception.Message.TrimEnd('.')}). Check that it is seated and powered, and that 'i2cdetect -y {_busId}' shows it.",
                exception);
        }

        SensorMetrics.Retries.Add(1, new KeyValuePair<string, object?>("sensor", chip));
    }
}
