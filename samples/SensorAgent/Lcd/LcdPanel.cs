using ElectricBrain.Sensors.Devices.St7735;
using ElectricBrain.Sensors.Diagnostics;
using ElectricBrain.Sensors.Display;

namespace ElectricBrain.Samples.SensorAgent.Lcd;

/// <summary>
/// The panel of the hat. One that fails is opened again after a while; one that this machine has no bus for is given up. Neither
/// holds up anything else.
/// </summary>
/// <param name="open">Opens the panel; null where the hat is simulated and has none.</param>
/// <param name="timeProvider">The clock.</param>
/// <param name="logger">Told when the panel fails and when it works again.</param>
internal sealed class LcdPanel(Func<St7735Display>? open, TimeProvider timeProvider, ILogger<LcdPanel> logger) : IDisposable
{
    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(30);

    private St7735Display? _display;
    private long? _failedAt;
    private bool _isMissing = open is null;

    /// <summary>Shows a picture, as far as there is a panel.</summary>
    /// <param name="frame">The picture.</param>
    /// <param name="brightness">Of the backlight, 0 for a panel that sleeps to 1.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask ShowAsync(FrameBuffer frame, double brightness, CancellationToken cancellationToken)
    {
        if (_isMissing || (_failedAt is { } failedAt && timeProvider.GetElapsedTime(failedAt) < RetryInterval))
        {
            return;
        }

        try
        {
            var display = _display ?? await OpenAsync(cancellationToken);
            await (brightness > 0 ? display.WakeAsync(cancellationToken) : display.SleepAsync(cancellationToken));
            if (display.Brightness != brightness)
            {
                display.Brightness = brightness;
            }

            display.Show(frame);
        }
        catch (SensorException exception)
        {
            Fail(exception);
        }
    }

    public void Dispose()
    {
        _display?.Dispose();
        _display = null;
    }

    private async ValueTask<St7735Display> OpenAsync(CancellationToken cancellationToken)
    {
        _display = open!();
        await _display.InitializeAsync(cancellationToken);
        logger.LcdShown();
        _failedAt = null;
        return _display;
    }

    private void Fail(SensorException exception)
    {
        Dispose();
        _isMissing = exception.Fault == SensorFault.BusMissing;
        if (_isMissing)
        {
            logger.LcdMissing(exception.Message);
        }
        else if (_failedAt is null)
        {
            logger.LcdFailed(exception.Message);
        }

        _failedAt = timeProvider.GetTimestamp();
    }
}
