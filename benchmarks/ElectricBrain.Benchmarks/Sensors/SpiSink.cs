using System.Device.Spi;

namespace ElectricBrain.Benchmarks.Sensors;

/// <summary>A bus that takes bytes in no time.</summary>
internal sealed class SpiSink : SpiDevice
{
    public override SpiConnectionSettings ConnectionSettings { get; } = new(0, 1);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
    }

    public override void WriteByte(byte value)
    {
    }

    public override void Read(Span<byte> buffer) => throw new NotSupportedException();

    public override byte ReadByte() => throw new NotSupportedException();

    public override void TransferFullDuplex(ReadOnlySpan<byte> writeBuffer, Span<byte> readBuffer) => throw new NotSupportedException();
}
