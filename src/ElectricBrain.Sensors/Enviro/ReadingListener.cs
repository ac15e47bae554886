using ElectricBrain.Sensors.Sampling;

namespace ElectricBrain.Sensors.Enviro;

/// <summary>Somebody whom the sampler tells of its readings.</summary>
internal abstract class ReadingListener
{
    /// <summary>Whether it listens no more.</summary>
    public abstract bool HasLeft { get; }

    /// <summary>Takes a reading; completes late only when the sampler is to wait.</summary>
    public abstract ValueTask TakeAsync(in EnviroReading reading, CancellationToken cancellationToken);

    /// <summary>There are no more readings.</summary>
    public abstract void Complete();

    /// <summary>Passes readings on as they are.</summary>
    internal sealed class OfReadings(SampleStream<EnviroReading> stream) : ReadingListener
    {
        public override bool HasLeft => stream.IsClosed;

        public override ValueTask TakeAsync(in EnviroReading reading, CancellationToken cancellationToken) => stream.WriteAsync(reading, cancellationToken);

        public override void Complete() => stream.Complete();
    }

    /// <summary>Passes windows on, of every reading, however slow their reader is.</summary>
    internal sealed class OfWindows(SampleStream<EnviroWindow> stream, EnviroWindowBuilder windows) : ReadingListener
    {
        public override bool HasLeft => stream.IsClosed;

        public override ValueTask TakeAsync(in EnviroReading reading, CancellationToken cancellationToken) =>
            windows.Add(reading) is { } window ? stream.WriteAsync(window, cancellationToken) : ValueTask.CompletedTask;

        public override void Complete()
        {
            if (windows.End() is { } window)
            {
                stream.WriteLast(window);
            }

            stream.Complete();
        }
    }
}
