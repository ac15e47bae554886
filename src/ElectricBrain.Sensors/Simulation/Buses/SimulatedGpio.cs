using System.Device.Gpio;

namespace ElectricBrain.Sensors.Simulation.Buses;

/// <summary>
/// The pins of a header as the driver of a <see cref="GpioController"/>: <c>new GpioController(new SimulatedGpio())</c>.
/// Simulated chips see the levels.
/// </summary>
public sealed class SimulatedGpio : GpioDriver
{
    private const int Pins = 54;

    private readonly PinMode[] _modes = new PinMode[Pins];
    private readonly bool[] _levels = new bool[Pins];
    private readonly bool[] _open = new bool[Pins];

    /// <summary>Told of the pin and its level whenever a level is set, also to the same one.</summary>
    internal event Action<int, bool>? Written;

    /// <inheritdoc/>
    protected override int PinCount => Pins;

    /// <summary>A pin that another program holds.</summary>
    public int? BusyPin { get; set; }

    /// <summary>Whether a pin is high.</summary>
    public bool IsHigh(int pin) => _levels[pin];

    /// <summary>Whether a pin is driven by the program.</summary>
    public bool IsOutput(int pin) => _open[pin] && _modes[pin] == PinMode.Output;

    /// <summary>Sets the level of a pin from outside, as a chip or a button does.</summary>
    public void Drive(int pin, bool high) => Set(pin, high);

    /// <inheritdoc/>
    protected override void OpenPin(int pinNumber)
    {
        if (pinNumber == BusyPin)
        {
            throw new IOException($"Pin {pinNumber}: device or resource busy.");
        }

        _open[pinNumber] = true;
    }

    /// <inheritdoc/>
    protected override void ClosePin(int pinNumber) => _open[pinNumber] = false;

    /// <inheritdoc/>
    protected override void SetPinMode(int pinNumber, PinMode mode) => _modes[pinNumber] = mode;

    /// <inheritdoc/>
    protected override PinMode GetPinMode(int pinNumber) => _modes[pinNumber];

    /// <inheritdoc/>
    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Input or PinMode.Output or PinMode.InputPullUp or PinMode.InputPullDown;

    /// <inheritdoc/>
    protected override PinValue Read(int pinNumber) => _levels[pinNumber];

    /// <inheritdoc/>
    protected override void Write(int pinNumber, PinValue value) => Set(pinNumber, value == PinValue.High);

    /// <inheritdoc/>
    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The simulated pins have no events. Read their levels.");

    /// <inheritdoc/>
    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) =>
        throw new NotSupportedException("The simulated pins have no events. Read their levels.");

    /// <inheritdoc/>
    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
    }

    private void Set(int pin, bool high)
    {
        _levels[pin] = high;
        Written?.Invoke(pin, high);
    }
}
