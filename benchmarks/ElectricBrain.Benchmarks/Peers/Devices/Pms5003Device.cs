using ElectricBrain.Sensors.Devices.Pms5003;

namespace ElectricBrain.Benchmarks.Peers.Devices;

/// <summary>The PMS5003: what is left of a stream's frames when the line tears, repeats and invents bytes.</summary>
internal sealed class Pms5003Device : PeerDevice
{
    private const string Lost = "a frame that does not end as it should takes the next one with it; ours gives up one byte and looks again";
    private const string Raised = "an exception for each frame that is lost, which the caller must catch";
    private const string Starved = "asks for as many bytes as the damaged length says, gets those of the next 4 s, and drops them with a SerialTimeoutError";
    private const string Unpacked = "an acknowledgement is shorter than a frame: struct.error, which is none of the package's own exceptions";
    private const string Stray = "a 0x42 before a frame's own 0x42 is taken for its start, and the frame missed without a word";
    private const string Starting = "the zeros of its start are no measurement";

    private static readonly byte[] First = Convert.FromHexString("424D001C0005000D00160005000D001602FD00FC001D000F00060006970003C5");
    private static readonly byte[] Second = Convert.FromHexString("424D001C00000008000800000008000800D20046002D001E00000000970002C5");

    private readonly Pms5003Parser _parser = new();

    public Pms5003Device()
        : base("pms5003", "a frame of 32 bytes, read and checked") => Cases =
        [
            Case("two frames", [.. First, .. Second]),
            Case("one torn after 20 bytes, then two", [.. First[..20], .. First, .. Second], Lost, Raised),
            Case("a byte lost in the first of two", [.. First[..9], .. First[10..], .. Second], Lost, Raised, Lost),
            Case("a bit changed in the first of two", [.. Changed(First, 12), .. Second], exceptions: Raised),
            Case("the length of the first of three is 0xFFFF", [.. First[..2], 0xFF, 0xFF, .. First[4..], .. Second, .. First], Starved, Starved, Starved),
            Case("an acknowledgement between two", [.. First, 0x42, 0x4D, 0, 4, 0xE1, 0, 1, 0x74, .. Second], exceptions: Unpacked),
            Case("a stray 0x42 before the first of two", [0x42, .. First, .. Second], Stray),
            Case("a console's text before two", [.. "raspberrypi login: "u8, .. First, .. Second]),
            Case("zeros of the start, then one", [.. Zeros, .. Second], Starting),
        ];

    public override IReadOnlyList<PeerCase> Cases { get; }

    public override int SamplesARound => 20_000;

    public override int PeerSamplesARound => 500;

    private static byte[] Zeros
    {
        get
        {
            var frame = new byte[Pms5003Parser.FrameLength];
            Pms5003Parser.Format(default(Pms5003Frame), frame);
            return frame;
        }
    }

    public override void Sample()
    {
        ReadOnlySpan<byte> bytes = First;
        if (!_parser.TryRead(ref bytes, out _))
        {
            throw new InvalidOperationException("The frame was not found.");
        }
    }

    private static byte[] Changed(byte[] frame, int index)
    {
        var changed = (byte[])frame.Clone();
        changed[index] ^= 0x10;
        return changed;
    }

    private static PeerCase Case(string name, byte[] stream, string? readings = null, string? exceptions = null, string? last = null)
    {
        var parser = new Pms5003Parser();
        ReadOnlySpan<byte> bytes = stream;
        int frames = 0;
        double? pm25 = null;
        while (parser.TryRead(ref bytes, out var message))
        {
            if (message.Frame is { IsMeasured: true } frame)
            {
                frames++;
                pm25 = frame.Atmospheric.Pm25MicrogramsPerCubicMetre;
            }
        }

        return new PeerCase(name, new { stream = Convert.ToHexString(stream) },
        [
            new("readings", frames, readings),
            new("exceptions", 0, exceptions),
            new("last PM2.5, µg/m³", pm25, last),
        ]);
    }
}
