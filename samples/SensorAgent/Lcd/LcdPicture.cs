using ElectricBrain.Sensors.Display;
using ElectricBrain.Sensors.Display.Dashboard;
using ElectricBrain.Sensors.Display.Png;

namespace ElectricBrain.Samples.SensorAgent.Lcd;

/// <summary>The latest picture of the display, for whoever wants to see it elsewhere.</summary>
internal sealed class LcdPicture
{
    private readonly Lock _lock = new();
    private readonly FrameBuffer _frame = new(EnviroDashboard.Width, EnviroDashboard.Height);
    private bool _isDrawn;
    private byte[]? _png;

    /// <summary>Replaces the picture.</summary>
    public void Publish(FrameBuffer frame)
    {
        lock (_lock)
        {
            _frame.CopyFrom(frame);
            (_isDrawn, _png) = (true, null);
        }
    }

    /// <summary>The picture as a PNG file; null before the first one.</summary>
    public byte[]? ToPng()
    {
        lock (_lock)
        {
            return _png ??= _isDrawn ? PngEncoder.Encode(_frame) : null;
        }
    }
}
