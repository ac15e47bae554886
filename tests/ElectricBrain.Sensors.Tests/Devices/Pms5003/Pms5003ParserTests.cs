using CsCheck;
using ElectricBrain.Sensors.Devices.Pms5003;
using ElectricBrain.Tests.Shared;

namespace ElectricBrain.Sensors.Tests.Devices.Pms5003;

public sealed class Pms5003ParserTests
{
    private const string Published1 = "424d001c0005000d00160005000d001602fd00fc001d000f00060006970003c5";
    private const string Published2 = "424d001c00000008000800000008000800d20046002d001e00000000970002c5";
    private const string WarmUp = "424d001c000000000000000000000000000000000000000000000000000000ab";

    private static readonly byte[] NearFrame = [0x42, 0x4D, 0x00, 0x04, 0x1C, 0xAB];

    /// <summary>Data frames with anything in them, and acknowledgements.</summary>
    private static readonly Gen<byte[]> Message = Gen.OneOf(
        Gen.Byte.Array[Pms5003Frame.BodyLength].Select(body => Sealed([0x42, 0x4D, 0x00, 0x1C, .. body])),
        Gen.Byte.Array[2].Select(body => Sealed([0x42, 0x4D, 0x00, 0x04, .. body])));

    /// <summary>What has a right sum and a length that no message has, save by chance.</summary>
    private static readonly Gen<byte[]> OtherLength = Gen.Byte.Array[0, 40].Select(body => Sealed([0x42, 0x4D, 0x00, (byte)(body.Length + 2), .. body]));

    /// <summary>Bytes without the first one of a header, so that nothing in them can start a message.</summary>
    private static readonly Gen<byte[]> Garbage = Gen.Byte.Where(value => value != 0x42).Array[0, 80];

    /// <summary>The start of a message that breaks off, as when the cable moves.</summary>
    private static readonly Gen<byte[]> Torn = Gen.Select(Message, Gen.Double[0, 1]).Select((message, share) => message[..(int)(share * message.Length)]);

    [Fact]
    public void TryRead_PublishedFrames_HaveThePublishedValues()
    {
        var messages = Parse(Convert.FromHexString(Published1 + Published2));

        Assert.Equal(
            [
                new Pms5003Frame(new(5, 13, 22), new(5, 13, 22), new(765, 252, 29, 15, 6, 6), 0x9700),
                new Pms5003Frame(new(0, 8, 8), new(0, 8, 8), new(210, 70, 45, 30, 0, 0), 0x9700),
            ],
            messages.Select(message => message.Frame!.Value));
        Assert.All(messages, message => Assert.True(message.Frame!.Value.IsMeasured));
    }

    [Theory]
    [InlineData("424d0004e1000174", 0xE100)]
    [InlineData("424d0004e1010175", 0xE101)]
    [InlineData("424d0004e4000177", 0xE400)]
    public void TryRead_Acknowledgement_NamesItsCommand(string bytes, int command) =>
        Assert.Equal([new Pms5003Message(null, (ushort)command)], Parse(Convert.FromHexString(bytes)));

    [Fact]
    public void TryRead_WarmUpFrame_IsIntactButNotMeasured() =>
        Assert.False(Assert.Single(Parse(Convert.FromHexString(WarmUp))).Frame!.Value.IsMeasured);

    [Fact]
    public void IsMeasured_MassWithoutAParticle_IsFalse()
    {
        Assert.False(new Pms5003Frame(new(0, 0, 5), new(0, 0, 5), new(0, 0, 0, 0, 1, 0), 0x9700).IsMeasured);
        Assert.False(new Pms5003Frame(default, new(0, 0, 5), new(0, 1, 0, 0, 0, 0), 0x9700).IsMeasured);
        Assert.True(new Pms5003Frame(default, default, new(12, 0, 0, 0, 0, 0), 0x9700).IsMeasured);
    }

    [Theory]
    [InlineData("424d001d")]
    [InlineData("424d0000")]
    [InlineData("424dffff")]
    [InlineData("424d1c00")]
    public void TryRead_ImpossibleLength_IsGivenUpAtOnce(string header)
    {
        var bytes = Convert.FromHexString(header + Published1);

        Assert.NotNull(Assert.Single(Parse(bytes)).Frame);
    }

    [Fact]
    public void TryRead_FirstHeaderByteTwice_FindsTheFrame() => Assert.Single(Parse(Convert.FromHexString("42" + Published1)));

    [Fact]
    public void TryRead_TornFrameThenAnIntactOne_FindsTheIntactOne()
    {
        var intact = Convert.FromHexString(Published2);
        for (var length = 0; length < Pms5003Parser.FrameLength; length++)
        {
            byte[] bytes = [.. Convert.FromHexString(Published1).AsSpan(0, length), .. intact, .. intact];

            Assert.Equal(2, Parse(bytes).Count);
        }
    }

    [Fact]
    public void TryRead_AnyBytes_AreTakenAndNeverThrow() =>
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            var parser = new Pms5003Parser();
            ReadOnlySpan<byte> left = bytes;
            var length = 0;
            while (parser.TryRead(ref left, out var message))
            {
                length += message.Frame is null ? Pms5003Parser.AcknowledgementLength : Pms5003Parser.FrameLength;
            }

            Assert.True(left.IsEmpty);
            Assert.InRange(length + parser.SkippedBytes, bytes.Length - Pms5003Parser.FrameLength + 1, bytes.Length);
        });

    /// <summary>Bytes of headers, lengths and zeros, of which random streams make many more near-frames than of any bytes.</summary>
    [Fact]
    public void TryRead_StreamsOfNearFrames_GiveOnlyWhatStandsInThemWithARightSum() =>
        Gen.OneOf(Message, OtherLength, Torn, Garbage, Gen.Int[0, 5].Select(i => NearFrame[i]).Array[0, 40]).Array[0, 12].Sample(parts =>
        {
            var bytes = parts.SelectMany(part => part).ToArray();
            var intact = Intact(bytes);

            Assert.All(Parse(bytes), message => Assert.Contains(message, intact));
        });

    [Fact]
    public void TryRead_IntactMessagesBetweenGarbage_AreAllFoundInOrder() =>
        Gen.Select(Gen.Select(Garbage, Message).Array[0, 10], Garbage, Gen.Int[1, 70]).Sample((parts, end, piece) =>
        {
            byte[] bytes = [.. parts.SelectMany(part => part.Item1.Concat(part.Item2)), .. end];
            var sent = parts.SelectMany(part => Intact(part.Item2)).ToList();

            Assert.Equal(sent, Parse(bytes, piece));
        });

    [Fact]
    public void TryRead_OneBitFlipped_LosesThatFrameOnly() =>
        Gen.Select(Gen.Int[0, Pms5003Parser.FrameLength - 1], Gen.Int[0, 7]).Sample((position, bit) =>
        {
            byte[] bytes = Convert.FromHexString(Published1 + Published1 + Published2);
            bytes[Pms5003Parser.FrameLength + position] ^= (byte)(1 << bit);

            Assert.Equal([765, 210], Parse(bytes).Select(message => message.Frame!.Value.Counts.Above300Nanometres));
        });

    [Fact]
    public void Format_AnyFrame_ParsesToItself() =>
        Gen.Byte.Array[Pms5003Frame.BodyLength].Sample(body =>
        {
            var frame = Pms5003Frame.Parse(body);
            var bytes = new byte[Pms5003Parser.FrameLength];
            Pms5003Parser.Format(frame, bytes);

            Assert.Equal(frame, Assert.Single(Parse(bytes)).Frame);
        });

    [Fact]
    public void TryRead_AnyStream_AllocatesNothing()
    {
        var parser = new Pms5003Parser();
        byte[] bytes = [.. Convert.FromHexString("00424d42" + Published1 + "4d42" + Published2 + "424d001c0102")];
        Count(parser, bytes, 200);

        Assert.Equal(0, Allocations.FewestOf(() => Assert.True(Count(parser, bytes, 200) == 400)));
    }

    [Theory]
    [InlineData("424DE100000170", "Passive")]
    [InlineData("424DE100010171", "Active")]
    [InlineData("424DE200000171", "Read")]
    [InlineData("424DE400000173", "Sleep")]
    [InlineData("424DE400010174", "Wake")]
    public void Command_Bytes_AreThoseOfTheManual(string bytes, string command) => Assert.Equal(
        bytes,
        Convert.ToHexString((command switch
        {
            "Passive" => Pms5003Command.Passive,
            "Active" => Pms5003Command.Active,
            "Read" => Pms5003Command.Read,
            "Sleep" => Pms5003Command.Sleep,
            _ => Pms5003Command.Wake,
        }).Span));

    private static int Count(Pms5003Parser parser, byte[] bytes, int times)
    {
        var messages = 0;
        for (var i = 0; i < times; i++)
        {
            ReadOnlySpan<byte> left = bytes;
            while (parser.TryRead(ref left, out _))
            {
                messages++;
            }
        }

        return messages;
    }

    private static List<Pms5003Message> Parse(byte[] bytes, int piece = int.MaxValue)
    {
        var parser = new Pms5003Parser();
        var messages = new List<Pms5003Message>();
        for (var start = 0; start < bytes.Length; start += Math.Min(piece, bytes.Length))
        {
            var left = (ReadOnlySpan<byte>)bytes.AsSpan(start, Math.Min(piece, bytes.Length - start));
            while (parser.TryRead(ref left, out var message))
            {
                messages.Add(message);
            }
        }

        return messages;
    }

    /// <summary>Every message that stands anywhere in the bytes with its sum right, found by looking at each position.</summary>
    private static List<Pms5003Message> Intact(byte[] bytes)
    {
        var found = new List<Pms5003Message>();
        for (var start = 0; start + 8 <= bytes.Length; start++)
        {
            var length = bytes[start + 3] + 4;
            var isMessage = bytes[start] == 0x42 && bytes[start + 1] == 0x4D && bytes[start + 2] == 0 && (length is 32 or 8) && start + length <= bytes.Length;
            if (isMessage && bytes[start..(start + length - 2)].Sum(value => value) == (bytes[start + length - 2] << 8 | bytes[start + length - 1]))
            {
                var body = bytes[(start + 4)..(start + length - 2)];
                found.Add(length == 32 ? new Pms5003Message(Pms5003Frame.Parse(body), 0) : new Pms5003Message(null, (ushort)(body[0] << 8 | body[1])));
            }
        }

        return found;
    }

    private static byte[] Sealed(byte[] bytes)
    {
        var sum = bytes.Sum(value => value);
        return [.. bytes, (byte)(sum >> 8), (byte)sum];
    }
}
