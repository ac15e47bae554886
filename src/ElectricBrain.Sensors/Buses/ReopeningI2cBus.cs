using System.Device.I2c;
using ElectricBrain.Sensors.Diagnostics;
using Microsoft.Extensions.Logging;

namespace ElectricBrain.Sensors.Buses;

/// <summary>
/// A bus that is opened anew when no chip on it answers any more, at most once a second and ever more rarely, up to once a
/// minute: an adapter that hung, was unplugged or lost its connection is back by itself. Not thread-safe, as no bus is.
/// </summary>
internal sealed class ReopeningI2cBus : I2cBus
{
    /// <summary>Transfers that fail one after the other until the bus is thought to be at fault: three attempts of three samples.</summary>
    private const int FailuresOfABus = 9;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly Func<I2cBus> _open;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly List<ReopeningI2cDevice> _devices = [];
    private I2cBus? _bus;
    private int _failures;
    private int _failedAddress;
    private bool _haveSeveralFailed;
    private long _openedAt;
    private TimeSpan _pause = FirstPause;

    public ReopeningI2cBus(Func<I2cBus> open, int busId, TimeProvider timeProvider, ILogger logger)
    {
        _open = open;
        Id = busId;
        _timeProvider = timeProvider;
        _logger = logger;
        Open();
    }

    /// <summary>The number that errors name.</summary>
    public int Id { get; }

    /// <summary>Why the bus is not open; null when it is.</summary>
    public SensorException? Fault { get; private set; }

    public override I2cDevice CreateDevice(int deviceAddress)
    {
        var device = new ReopeningI2cDevice(this, deviceAddress);
        _devices.Add(device);
        return device;
    }

    public override void RemoveDevice(int deviceAddress) => _devices.RemoveAll(device => device.Address == deviceAddress);

    /// <summary>The device on the bus as it is open now.</summary>
    /// <exception cref="SensorException">The bus cannot be opened.</exception>
    public I2cDevice Connect(int address)
    {
        if (_bus is null && _timeProvider.GetElapsedTime(_openedAt) >= _pause)
        {
            Reopen();
        }

        return _bus?.CreateDevice(address) ?? throw Fault!;
    }

    public void Succeed()
    {
        _failures = 0;
        _haveSeveralFailed = false;
        _pause = FirstPause;
    }

    public void Fail(int address)
    {
        _haveSeveralFailed |= _failures > 0 && _failedAddress != address;
        _failedAddress = address;
        _failures++;
        if (_failures >= FailuresOfABus && (_haveSeveralFailed || _devices.Count == 1) && _timeProvider.GetElapsedTime(_openedAt) >= _pause)
        {
            Log.BusReopened(_logger, _failures);
            Reopen();
        }
    }

    protected override void Dispose(bool disposing)
    {
        Close();
        base.Dispose(disposing);
    }

    private void Reopen()
    {
        Close();
        _failures = 0;
        _haveSeveralFailed = false;
        _pause = 2 * _pause < LongestPause ? 2 * _pause : LongestPause;
        Open();
    }

    private void Open()
    {
        _openedAt = _timeProvider.GetTimestamp();
        try
        {
            _bus = _open();
            Fault = null;
        }
        catch (SensorException exception)
        {
            Fault = exception;
        }
    }

    private void Close()
    {
        foreach (var device in _devices)
        {
            device.Disconnect();
        }

        _bus?.Dispose();
        _bus = null;
    }
}
