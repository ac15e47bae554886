using System.Buffers.Binary;
using System.Device.Spi;
using System.Runtime.InteropServices;
using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Simulation.Buses;

namespace ElectricBrain.Sensors.Simulation.Chips;

/// <summary>
/// An ST7735S with its panel, as the device at the end of an SPI bus: it decodes commands and data by the level of the data pin
/// into its memory, and shows it through a glass of 80 x 160 pixels.
/// </summary>
public sealed class SimulatedSt7735 : SpiDevice
{
    private const int MaximumTransferBytes = 4_096;
    private static readonly TimeSpan ResetTime = TimeSpan.FromMilliseconds(120);

    private readonly SimulatedGpio _gpio;
    private readonly TimeProvider _timeProvider;
    private readonly int _dataPin;
    private readonly ushort[] _memory = new ushort[St7735Commands.MemoryColumns * St7735Commands.MemoryRows];
    private readonly byte[] _arguments = new byte[16];
    private long _busySince;
    private bool _isBusy;
    private byte _command;
    private int _argumentCount;
    private int _transfersToFail;
    private int _transfersToPass;
    private byte _memoryAccess;
    private byte _colourMode;
    private bool _inverted;
    private bool _displayOn;
    private (int First, int Last) _columns;
    private (int First, int Last) _rows;
    private int _column;
    private int _row;

    /// <summary>Creates the panel, powered.</summary>
    /// <param name="gpio">The pins.</param>
    /// <param name="timeProvider">The clock of its resets.</param>
    /// <param name="dataPin">The pin that tells data from commands.</param>
    public SimulatedSt7735(SimulatedGpio gpio, TimeProvider? timeProvider = null, int dataPin = 9)
    {
        ArgumentNullException.ThrowIfNull(gpio);
        _gpio = gpio;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _dataPin = dataPin;
        ConnectionSettings = new SpiConnectionSettings(0, 1);
        new Random(1).NextBytes(MemoryMarshal.AsBytes(_memory.AsSpan()));
        Reset();
    }

    /// <inheritdoc/>
    public override SpiConnectionSettings ConnectionSettings { get; }

    /// <summary>Whether the panel is awake and on; the backlight is a pin of its own.</summary>
    public bool IsShowing => _displayOn && !IsAsleep;

    /// <summary>Whether the panel sleeps.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>Transfers so far, failed ones included.</summary>
    public int TransferCount { get; private set; }

    /// <summary>Bytes so far.</summary>
    public long ByteCount { get; private set; }

    /// <summary>Lets transfers fail.</summary>
    /// <param name="transfers">How many.</param>
    /// <param name="after">How many succeed before.</param>
    public void FailNext(int transfers = 1, int after = 0) => (_transfersToFail, _transfersToPass) = (transfers, after);

    /// <summary>Interrupts the supply for a moment: the panel is off and knows nothing.</summary>
    public void PowerCycle() => Reset();

    /// <summary>The colour that a place of the glass shows.</summary>
    /// <param name="column">The column of the glass, 0 to 79, from the left.</param>
    /// <param name="row">The row of the glass, 0 to 159, from the top.</param>
    public Rgb565 PixelAt(int column, int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)column, (uint)St7735Commands.Columns, nameof(column));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)St7735Commands.Rows, nameof(row));
        // The glass stands on its head over the memory, has blue first, and is dark where a value is high.
        var value = _memory[Index(
            St7735Commands.MemoryColumns - 1 - St7735Commands.ColumnOffset - column,
            St7735Commands.MemoryRows - 1 - St7735Commands.RowOffset - row)];
        var colour = new Rgb565(_inverted ? value : (ushort)~value);
        return (_memoryAccess & St7735Commands.BlueFirst) != 0 ? colour : Rgb565.FromRgb(colour.Blue, colour.Green, colour.Red);
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        TransferCount++;
        if (_transfersToPass > 0)
        {
            _transfersToPass--;
        }
        else if (_transfersToFail > 0)
        {
            _transfersToFail--;
            throw new IOException("Error 5 performing SPI data transfer.");
        }

        if (buffer.Length > MaximumTransferBytes)
        {
            throw new IOException("Error 90 performing SPI data transfer.");
        }

        ByteCount += buffer.Length;
        if (_gpio.IsHigh(_dataPin))
        {
            TakeData(buffer);
        }
        else
        {
            foreach (var command in buffer)
            {
                Execute(command);
            }
        }
    }

    /// <inheritdoc/>
    public override void WriteByte(byte value) => Write([value]);

    /// <inheritdoc/>
    public override void Read(Span<byte> buffer) => throw new NotSupportedException("The panel has no line to be read by.");

    /// <inheritdoc/>
    public override byte ReadByte() => throw new NotSupportedException("The panel has no line to be read by.");

    /// <inheritdoc/>
    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) =>
        throw new NotSupportedException("The panel has no line to be read by.");

    private void Reset()
    {
        _command = 0;
        _memoryAccess = 0;
        _colourMode = 0x06;
        _inverted = _displayOn = false;
        IsAsleep = true;
        _columns = (0, St7735Commands.MemoryColumns - 1);
        _rows = (0, St7735Commands.MemoryRows - 1);
    }

    private void Execute(byte command)
    {
        // After a reset or a wake-up the chip loads its defaults and takes no command (datasheet, sections 10.1.2 and 10.1.11).
        if (_isBusy && _timeProvider.GetElapsedTime(_busySince) < ResetTime)
        {
            _command = 0;
            return;
        }

        _isBusy = command is St7735Commands.SoftwareReset or St7735Commands.SleepOut;
        _busySince = _timeProvider.GetTimestamp();
        _command = command;
        _argumentCount = 0;
        switch (command)
        {
            case St7735Commands.SoftwareReset:
                Reset();
                break;
            case St7735Commands.SleepIn or St7735Commands.SleepOut:
                IsAsleep = command == St7735Commands.SleepIn;
                break;
            case St7735Commands.InversionOn or St7735Commands.InversionOff:
                _inverted = command == St7735Commands.InversionOn;
                break;
            case St7735Commands.DisplayOn or St7735Commands.DisplayOff:
                _displayOn = command == St7735Commands.DisplayOn;
                break;
            case St7735Commands.MemoryWrite:
                (_column, _row) = (_columns.First, _rows.First);
                break;
        }
    }

    private void TakeData(ReadOnlySpan<byte> data)
    {
        foreach (var value in data)
        {
            if (_argumentCount == _arguments.Length)
            {
                return;
            }

            _arguments[_argumentCount++] = value;
            TakeArgument();
        }
    }

    private void TakeArgument()
    {
        switch (_command)
        {
            case St7735Commands.MemoryWrite when _argumentCount == 2:
                _argumentCount = 0;
                WritePixel(BinaryPrimitives.ReadUInt16BigEndian(_arguments));
                break;
            case St7735Commands.ColumnAddress when _argumentCount == 4:
                _columns = Window();
                break;
            case St7735Commands.RowAddress when _argumentCount == 4:
                _rows = Window();
                break;
            case St7735Commands.MemoryAccess when _argumentCount == 1:
                _memoryAccess = _arguments[0];
                break;
            case St7735Commands.ColourMode when _argumentCount == 1:
                _colourMode = _arguments[0];
                break;
        }
    }

    private (int First, int Last) Window() =>
        (BinaryPrimitives.ReadUInt16BigEndian(_arguments), BinaryPrimitives.ReadUInt16BigEndian(_arguments.AsSpan(2)));

    private void WritePixel(ushort value)
    {
        if (_colourMode == St7735Commands.SixteenBitsAPixel)
        {
            Store(value);
        }

        if (_column++ == _columns.Last)
        {
            _column = _columns.First;
            _row = _row == _rows.Last ? _rows.First : _row + 1;
        }
    }

    private void Store(ushort value)
    {
        var exchanged = (_memoryAccess & St7735Commands.ExchangeRowsAndColumns) != 0;
        var column = exchanged ? _row : _column;
        var row = exchanged ? _column : _row;
        column = (_memoryAccess & St7735Commands.MirrorColumns) != 0 ? St7735Commands.MemoryColumns - 1 - column : column;
        row = (_memoryAccess & St7735Commands.MirrorRows) != 0 ? St7735Commands.MemoryRows - 1 - row : row;
        if (column is >= 0 and < St7735Commands.MemoryColumns && row is >= 0 and < St7735Commands.MemoryRows)
        {
            _memory[Index(column, row)] = value;
        }
    }

    private static int Index(int column, int row) => row * St7735Commands.MemoryColumns + column;
}
