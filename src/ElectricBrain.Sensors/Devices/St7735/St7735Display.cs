using System.Device.Gpio;
using System.Device.Pwm;
using System.Device.Spi;
using ElectricBrain.Sensors.Buses;
using ElectricBrain.Sensors.Buses.Local;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Display;

namespace ElectricBrain.Sensors.Devices.St7735;

/// <summary>
/// Sitronix ST7735S with a panel of 80 x 160 pixels (datasheet V1.1). Only rows that have changed are sent. Not thread-safe, as
/// the bus is not.
/// </summary>
public sealed class St7735Display : IDisposable
{
    private static readonly TimeSpan ResetTime = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan WakeTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan SleepTime = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan PanelTime = TimeSpan.FromMilliseconds(100);

    private readonly St7735Wire _wire;
    private readonly GpioController _gpio;
    private readonly PwmChannel? _backlight;
    private readonly St7735Settings _settings;
    private readonly TimeProvider _timeProvider;
    private readonly FrameBuffer _shown;
    private GpioController? _ownGpio;
    private GpioPin? _backlightPin;
    private bool _initialized;
    private bool _isShownKnown;

    /// <summary>Takes over a device; nothing is transferred yet.</summary>
    /// <param name="spi">The panel on its bus, in mode 0. Disposed with the display.</param>
    /// <param name="gpio">The pins. Not disposed with the display.</param>
    /// <param name="settings">How the panel is used; bus, chip select and clock are the device's.</param>
    /// <param name="backlight">The PWM channel of the backlight, for a brightness between off and full; null for its pin. Disposed with the display.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public St7735Display(SpiDevice spi, GpioController gpio, St7735Settings? settings = null, PwmChannel? backlight = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(spi);
        ArgumentNullException.ThrowIfNull(gpio);
        _settings = settings ?? new St7735Settings();
        _settings.Validate();
        _wire = new St7735Wire(spi, _settings.MaximumTransferBytes);
        _gpio = gpio;
        _backlight = backlight;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _shown = CreateFrame();
    }

    /// <summary>How the panel is used.</summary>
    public St7735Settings Settings => _settings;

    /// <summary>Pixels in a row of the picture.</summary>
    public int Width => _settings.Width;

    /// <summary>Rows of the picture.</summary>
    public int Height => _settings.Height;

    /// <summary>Whether the panel sleeps: it shows nothing and keeps the picture.</summary>
    public bool IsAsleep { get; private set; }

    /// <summary>How bright the backlight is, 0 to 1. Without a PWM channel it is off at 0 and full above.</summary>
    /// <value>Default 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is not between 0 and 1.</exception>
    public double Brightness
    {
        get;
        set
        {
            if (value is not (>= 0 and <= 1))
            {
                throw new ArgumentOutOfRangeException(nameof(value), value, "The brightness is between 0 and 1.");
            }

            field = value;
            ApplyBrightness();
        }
    } = 1;

    /// <summary>The panel on a bus of this machine.</summary>
    /// <param name="gpio">The pins. Not disposed with the display.</param>
    /// <param name="settings">Where the panel is and how it is used.</param>
    /// <param name="backlight">The PWM channel of the backlight; null for its pin. Disposed with the display.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="SensorException">The bus is missing or forbidden.</exception>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static St7735Display Open(GpioController gpio, St7735Settings? settings = null, PwmChannel? backlight = null, TimeProvider? timeProvider = null)
    {
        settings ??= new St7735Settings();
        settings.Validate();
        return new St7735Display(LinuxSpiBus.Open(ConnectionOf(settings)), gpio, settings, backlight, timeProvider);
    }

    /// <summary>The panel on any header: of this machine, of another one, or a simulated one.</summary>
    /// <param name="header">The header. Not disposed with the display.</param>
    /// <param name="settings">Where the panel is and how it is used.</param>
    /// <param name="backlight">The PWM channel of the backlight; null for its pin. Disposed with the display.</param>
    /// <param name="timeProvider">The clock of the waits.</param>
    /// <exception cref="SensorException">The bus or the pins are missing or forbidden, or the header cannot be reached.</exception>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public static St7735Display OpenOn(BoardHeader header, St7735Settings? settings = null, PwmChannel? backlight = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(header);
        settings ??= new St7735Settings();
        settings.Validate();
        var spi = header.OpenSpi(ConnectionOf(settings));
        try
        {
            var gpio = header.OpenGpio();
            return new St7735Display(spi, gpio, settings, backlight, timeProvider) { _ownGpio = gpio };
        }
        catch
        {
            spi.Dispose();
            throw;
        }
    }

    /// <summary>A black picture of the size that the panel takes.</summary>
    public FrameBuffer CreateFrame() => new(Width, Height);

    /// <summary>Resets and configures the panel, and switches it on with the backlight once it shows black.</summary>
    /// <exception cref="SensorException">A pin cannot be used, or the bus has failed.</exception>
    public async ValueTask InitializeAsync(CancellationToken cancellationToken = default)
    {
        _initialized = false;
        OpenPins();
        await SendAsync(St7735Commands.SoftwareReset, ResetTime, cancellationToken).ConfigureAwait(false);
        await SendAsync(St7735Commands.SleepOut, WakeTime, cancellationToken).ConfigureAwait(false);
        IsAsleep = false;
        foreach (var step in St7735Commands.PanelSetup)
        {
            _wire.Send(step[0], step.AsSpan(1));
        }

        _wire.Send(St7735Commands.InversionOn);
        _wire.Send(St7735Commands.MemoryAccess, St7735Commands.MemoryAccessOf(_settings.Rotation));
        _wire.Send(St7735Commands.ColourMode, St7735Commands.SixteenBitsAPixel);
        SendWindow(St7735Commands.ColumnAddress, Offset(ofRows: false), Width);
        _shown.Fill(Rgb565.Black);
        SendRows(_shown, 0, Height);
        await SendAsync(St7735Commands.NormalOn, PanelTime, cancellationToken).ConfigureAwait(false);
        await SendAsync(St7735Commands.DisplayOn, PanelTime, cancellationToken).ConfigureAwait(false);
        _initialized = _isShownKnown = true;
        ApplyBrightness();
    }

    /// <summary>Shows a picture: sends the rows that differ from what is shown.</summary>
    /// <param name="frame">The picture, of the size of <see cref="CreateFrame"/>; it may be drawn into again at once.</param>
    /// <returns>How many rows were sent.</returns>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    /// <exception cref="SensorException">The bus has failed; the next call sends every row.</exception>
    public int Show(FrameBuffer frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        ThrowIfNotInitialized();
        _shown.ThrowIfOtherSize(frame);
        if (!_isShownKnown)
        {
            Send(frame, 0, Height);
            return Height;
        }

        var sent = 0;
        for (var start = 0; frame.TryFindChange(_shown, ref start, out var count); start += count)
        {
            Send(frame, start, count);
            sent += count;
        }

        return sent;
    }

    /// <summary>Lets the next <see cref="Show"/> send every row: the panel may have lost some to a disturbance, which it cannot tell.</summary>
    public void Invalidate() => _isShownKnown = false;

    /// <summary>Switches the backlight off and lets the panel sleep. It keeps the picture, and takes new ones.</summary>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The bus has failed.</exception>
    public async ValueTask SleepAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfNotInitialized();
        if (!IsAsleep)
        {
            IsAsleep = true;
            ApplyBrightness();
            await SendAsync(St7735Commands.SleepIn, SleepTime, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Wakes the panel and switches the backlight on.</summary>
    /// <exception cref="InvalidOperationException"><see cref="InitializeAsync"/> has not succeeded.</exception>
    /// <exception cref="SensorException">The bus has failed.</exception>
    public async ValueTask WakeAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfNotInitialized();
        if (IsAsleep)
        {
            await SendAsync(St7735Commands.SleepOut, SleepTime, cancellationToken).ConfigureAwait(false);
            IsAsleep = false;
            ApplyBrightness();
        }
    }

    /// <summary>Switches backlight and panel off as far as they answer, and closes device and pins.</summary>
    public void Dispose()
    {
        var wasInitialized = _initialized;
        _initialized = false;
        try
        {
            ApplyBrightness();
            if (wasInitialized)
            {
                _wire.Send(St7735Commands.DisplayOff);
                _wire.Send(St7735Commands.SleepIn);
            }
        }
        catch (SensorException)
        {
            // A panel that is gone needs no sleep.
        }

        _wire.Dispose();
        _backlightPin?.Close();
        _backlightPin = null;
        _backlight?.Dispose();
        _ownGpio?.Dispose();
        _ownGpio = null;
    }

    private static SpiConnectionSettings ConnectionOf(St7735Settings settings) =>
        new(settings.BusId, settings.ChipSelect) { Mode = SpiMode.Mode0, ClockFrequency = settings.ClockHertz };

    private void OpenPins()
    {
        if (!_wire.IsOpen)
        {
            _wire.Open(GpioOutput.Open(_gpio, _settings.DataPin, PinValue.Low, "data/command of the ST7735"));
        }

        if (_backlight is not null)
        {
            _backlight.DutyCycle = 0;
            _backlight.Start();
        }
        else if (_settings.BacklightPin is { } pin)
        {
            _backlightPin ??= GpioOutput.Open(_gpio, pin, PinValue.Low, "backlight of the ST7735");
        }

        ApplyBrightness();
    }

    private void ApplyBrightness()
    {
        var brightness = _initialized && !IsAsleep ? Brightness : 0;
        if (_backlight is not null)
        {
            _backlight.DutyCycle = brightness;
        }

        _backlightPin?.Write(brightness > 0 ? PinValue.High : PinValue.Low);
    }

    private void Send(FrameBuffer frame, int start, int count)
    {
        // Until the rows have arrived, nobody knows what the panel shows.
        var wasAll = count == Height;
        var wasKnown = _isShownKnown;
        _isShownKnown = false;
        SendRows(frame, start, count);
        frame.RowSpan(start, count).CopyTo(_shown.RowSpan(start, count));
        _isShownKnown = wasKnown || wasAll;
    }

    private void SendRows(FrameBuffer frame, int start, int count)
    {
        SendWindow(St7735Commands.RowAddress, Offset(ofRows: true) + start, count);
        _wire.Send(St7735Commands.MemoryWrite, frame.RowSpan(start, count));
    }

    private void SendWindow(byte command, int first, int count)
    {
        var last = first + count - 1;
        _wire.Send(command, (byte)(first >> 8), (byte)first, (byte)(last >> 8), (byte)last);
    }

    /// <summary>Where the glass begins in the memory, along the picture's rows or columns.</summary>
    private int Offset(bool ofRows) => ofRows != _settings.Rotation.IsLandscape() ? St7735Commands.RowOffset : St7735Commands.ColumnOffset;

    private async ValueTask SendAsync(byte command, TimeSpan time, CancellationToken cancellationToken)
    {
        _wire.Send(command);
        await Task.Delay(time, _timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private void ThrowIfNotInitialized()
    {
        if (!_initialized)
        {
            throw new InvalidOperationException($"The ST7735 is not initialised. Call {nameof(InitializeAsync)} first.");
        }
    }
}
