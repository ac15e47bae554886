using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Devices.Bme280;

/// <summary>
/// Reads frames and settings of a chip in one burst. The bus has no checksum: what the chip shows as its settings tells whether it
/// is the one that was set and has not been reset since, and a frame that leaps from the last one, or that ends as one does that
/// was cut off, is taken only when the next one agrees.
/// </summary>
internal sealed class Bme280FrameReader(I2cRegisters registers, TimeProvider timeProvider)
{
    /// <summary>How often an answer that is doubted is read again.</summary>
    public const int ConfirmingReads = 3;

    private Bme280Frame _last;
    private long _lastChangeAt;

    /// <summary>For how long the frames have been the same.</summary>
    public TimeSpan Unchanged => timeProvider.GetElapsedTime(_lastChangeAt);

    /// <summary>Lets the next frame be confirmed, whatever it is.</summary>
    public void Forget() => _last = default;

    /// <param name="humidity">The control of the humidity as it was written.</param>
    /// <param name="control">The control of the measurement as the chip should show it.</param>
    /// <param name="config">The config as it was written.</param>
    /// <exception cref="SensorException">The chip does not answer, was reset, or its answers differ.</exception>
    public Bme280Frame Read(byte humidity, byte control, byte config)
    {
        var frame = ReadOnce(humidity, control, config);
        for (var reads = 1; frame.IsQuestionable(_last); reads++)
        {
            var again = ReadOnce(humidity, control, config);
            // While it runs, the chip may have measured once more in between.
            if ((control & Bme280Registers.ModeMask) == Bme280Registers.NormalMode ? !again.LeapsFrom(frame) : again == frame)
            {
                frame = again;
                break;
            }

            frame = reads < ConfirmingReads
                ? again
                : throw registers.Fault(SensorFault.InvalidData, $"gave {ConfirmingReads + 1} different answers one after the other. Check the wiring, its length and the supply.");
        }

        if (frame != _last)
        {
            _last = frame;
            _lastChangeAt = timeProvider.GetTimestamp();
        }

        return frame;
    }

    private Bme280Frame ReadOnce(byte humidity, byte control, byte config)
    {
        Span<byte> block = stackalloc byte[Bme280Registers.BlockLength];
        registers.Read(Bme280Registers.Block, block);
        var shown = (Humidity: block[0], Control: block[Bme280Registers.ControlMeasurement - Bme280Registers.Block], Config: block[Bme280Registers.Config - Bme280Registers.Block]);
        if (shown != (humidity, control, config))
        {
            throw registers.Fault(
                SensorFault.InvalidData,
                $"shows the settings 0x{shown.Humidity:X2} 0x{shown.Control:X2} 0x{shown.Config:X2} where 0x{humidity:X2} 0x{control:X2} 0x{config:X2} were written. It was probably reset; it is started again.");
        }

        return Bme280Frame.Parse(block[(Bme280Registers.Data - Bme280Registers.Block)..]);
    }
}
