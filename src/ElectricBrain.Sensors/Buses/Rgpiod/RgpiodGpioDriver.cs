using System.Device.Gpio;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Rgpiod;

/// <summary>
/// The pins of another machine. With a connection, rgpiod lets its pins go: on the next one a pin is set as it was when it is
/// used again, and that use fails, so that its user learns of the gap (a heater has cooled down meanwhile). Not thread-safe for
/// one and the same pin.
/// </summary>
internal sealed class RgpiodGpioDriver(RgpiodConnection connection, RgpiodHandle chip, int lines) : GpioDriver
{
    private const int PullUp = 32;
    private const int PullDown = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Pin> _pins = [];
    private readonly RgpiodMessage _message = new(4 * sizeof(int));

    protected override int PinCount => lines;

    protected override void OpenPin(int pinNumber)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(pinNumber);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(pinNumber, lines);
        lock (_lock)
        {
            _pins.TryAdd(pinNumber, new Pin());
        }
    }

    protected override void ClosePin(int pinNumber)
    {
        lock (_lock)
        {
            if (_pins.Remove(pinNumber, out var pin) && pin.Opening == chip.Openings)
            {
                try
                {
                    Exchange(RgpiodCommand.FreePin, pinNumber);
                }
                catch (SensorException)
                {
                    // Without a connection it is free.
                }
            }
        }
    }

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Input or PinMode.InputPullUp or PinMode.InputPullDown or PinMode.Output;

    protected override PinMode GetPinMode(int pinNumber) => _pins[pinNumber].Mode;

    protected override void SetPinMode(int pinNumber, PinMode mode) => SetPinMode(pinNumber, mode, PinValue.Low);

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        lock (_lock)
        {
            var pin = _pins[pinNumber];
            connection.Open(chip);
            if (pin.Opening == chip.Openings)
            {
                // A pin that is an output already keeps its level, whatever the claim says.
                Exchange(RgpiodCommand.FreePin, pinNumber);
            }

            (pin.Mode, pin.Level) = (mode, initialValue);
            Claim(pinNumber, pin);
        }
    }

    protected override PinValue Read(int pinNumber)
    {
        lock (_lock)
        {
            return Use(pinNumber, _pins[pinNumber], RgpiodCommand.ReadPin, pinNumber) != 0;
        }
    }

    protected override void Write(int pinNumber, PinValue value)
    {
        lock (_lock)
        {
            var pin = _pins[pinNumber];
            pin.Level = value;
            Use(pinNumber, pin, RgpiodCommand.WritePin, pinNumber, LevelOf(value));
        }
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw NoEvents();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => throw NoEvents();

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            connection.Close(chip);
        }

        base.Dispose(disposing);
    }

    private int Use(int pinNumber, Pin pin, RgpiodCommand command, params ReadOnlySpan<int> arguments)
    {
        connection.Open(chip);
        RestoreIfLost(pinNumber, pin);
        var status = Exchange(command, arguments);

        // Another user of the connection can have found it broken in between.
        RestoreIfLost(pinNumber, pin);
        return status >= 0 ? status : throw Failed(pinNumber, status);
    }

    private void RestoreIfLost(int pinNumber, Pin pin)
    {
        if (pin.Opening != chip.Openings)
        {
            Claim(pinNumber, pin);
            throw new SensorException(SensorFault.Unreachable, $"The connection to {connection.Name} was lost meanwhile, and GPIO{pinNumber} with it. It is set again as it was.");
        }
    }

    private void Claim(int pinNumber, Pin pin)
    {
        var status = pin.Mode switch
        {
            PinMode.Output => Exchange(RgpiodCommand.ClaimOutput, 0, pinNumber, LevelOf(pin.Level)),
            PinMode.InputPullUp => Exchange(RgpiodCommand.ClaimInput, PullUp, pinNumber),
            PinMode.InputPullDown => Exchange(RgpiodCommand.ClaimInput, PullDown, pinNumber),
            _ => Exchange(RgpiodCommand.ClaimInput, 0, pinNumber),
        };
        if (status < 0)
        {
            throw Failed(pinNumber, status);
        }

        pin.Opening = chip.Openings;
    }

    private int Exchange(RgpiodCommand command, params ReadOnlySpan<int> arguments)
    {
        _message.Begin(command, arguments);
        return connection.Query(chip, _message, [], out _);
    }

    private SensorException Failed(int pinNumber, int status) =>
        RgpiodFailure.NotOpened(connection.Name, status, $"GPIO{pinNumber}", $"[gpio] default=0.2-27", "Check there with 'gpioinfo' that nothing else holds it.");

    private static int LevelOf(PinValue value) => value == PinValue.High ? 1 : 0;

    private static NotSupportedException NoEvents() => new("Pins of another machine have no events here. Read their levels.");

    private sealed class Pin
    {
        public PinMode Mode { get; set; } = PinMode.Input;

        public PinValue Level { get; set; } = PinValue.Low;

        /// <summary>The opening of the chip for which it was claimed; 0 before that.</summary>
        public int Opening { get; set; }
    }
}
