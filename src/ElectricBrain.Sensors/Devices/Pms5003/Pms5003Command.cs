namespace ElectricBrain.Sensors.Devices.Pms5003;

/// <summary>The commands (Plantower manual, appendix II): header, command, two bytes of argument, sum of all before.</summary>
internal static class Pms5003Command
{
    public const int Length = 7;

    private const byte ChangeMode = 0xE1;
    private const byte ReadPassive = 0xE2;
    private const byte ChangeSleep = 0xE4;

    public static ReadOnlyMemory<byte> Passive { get; } = Build(ChangeMode, 0);

    public static ReadOnlyMemory<byte> Active { get; } = Build(ChangeMode, 1);

    public static ReadOnlyMemory<byte> Read { get; } = Build(ReadPassive, 0);

    public static ReadOnlyMemory<byte> Sleep { get; } = Build(ChangeSleep, 0);

    public static ReadOnlyMemory<byte> Wake { get; } = Build(ChangeSleep, 1);

    /// <summary>What the acknowledgement of a command has in it.</summary>
    public static ushort AcknowledgementOf(ReadOnlyMemory<byte> command) => (ushort)(command.Span[2] << 8 | command.Span[4]);

    private static byte[] Build(byte command, byte argument)
    {
        byte[] bytes = [Pms5003Parser.Start1, Pms5003Parser.Start2, command, 0, argument, 0, 0];
        var sum = Pms5003Parser.Sum(bytes.AsSpan(0, Length - 2));
        bytes[^2] = (byte)(sum >> 8);
        bytes[^1] = (byte)sum;
        return bytes;
    }
}
