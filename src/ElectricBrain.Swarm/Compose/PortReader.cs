using System.Globalization;
using System.Net;
using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

/// <summary>Reads published ports: <c>[[ip:]published:]target[/protocol]</c> with ranges, or the long form.</summary>
internal static class PortReader
{
    private const int Highest = 65535;

    public static IReadOnlyList<PortSpec> Read(ComposeValue? value)
    {
        List<PortSpec> ports = [];
        foreach (ComposeValue item in value?.Items() ?? [])
        {
            if (item.IsMapping)
            {
                ReadLong(item, ports);
            }
            else
            {
                ReadShort(item, ports);
            }
        }

        // The engine keeps the order it is given, and the docker command line gives this one.
        return [.. ports.OrderBy(port => port.Published ?? 0)];
    }

    private static void ReadLong(ComposeValue item, List<PortSpec> ports)
    {
        ComposeFields fields = item.Fields()!;
        long? target = fields.Take("target")?.Integer(1, Highest);
        long? published = fields.Take("published")?.Integer(0, Highest);
        var port = new PortSpec((int)(target ?? 0))
        {
            Published = published is null or 0 ? null : (int)published,
            Protocol = fields.Take("protocol")?.OneOf("tcp", "udp", "sctp"),
            Mode = fields.Take("mode")?.OneOf("ingress", "host"),
        };
        fields.Finish();
        if (target is null)
        {
            item.Problem("a port needs a 'target', 1 to 65535.");
        }

        ports.Add(port);
    }

    private static void ReadShort(ComposeValue item, List<PortSpec> ports)
    {
        if (item.TextOrNumber() is not { } text)
        {
            return;
        }

        string[] ends = text.Split('/', 2);
        string protocol = ends.Length == 2 ? ends[1].ToLowerInvariant() : "tcp";
        int lastColon = ends[0].LastIndexOf(':');
        string before = lastColon < 0 ? "" : ends[0][..lastColon];
        int hostColon = before.LastIndexOf(':');
        string address = hostColon < 0 ? "" : before[..hostColon];
        string publishedText = before[(hostColon + 1)..];
        (int First, int Last)? target = Range(ends[0][(lastColon + 1)..]);
        (int First, int Last)? published = publishedText.Length == 0 ? null : Range(publishedText);
        if (protocol is not ("tcp" or "udp" or "sctp")
            || target is not { } inside
            || (publishedText.Length > 0 && published is null)
            || (address.Length > 0 && !IPAddress.TryParse(address.Trim('[', ']'), out _))
            || (published is { } outer && inside.Last - inside.First != outer.Last - outer.First && inside.First != inside.Last))
        {
            item.Problem($"'{text}' is not a port. Write such as \"8080:80\", \"53:53/udp\" or \"7000-7003:9000-9003\".");
            return;
        }

        if (address.Length > 0)
        {
            item.Warn($"a swarm ignores the address {address}: the port is published on every address.");
        }

        (int First, int Last) outside = published ?? (0, inside.Last - inside.First);
        for (int i = 0; i <= outside.Last - outside.First; i++)
        {
            ports.Add(new PortSpec(inside.First == inside.Last ? inside.First : inside.First + i)
            {
                Published = published is null ? null : outside.First + i,
                Protocol = protocol,
                Mode = "ingress",
            });
        }
    }

    private static (int First, int Last)? Range(string text)
    {
        string[] ends = text.Split('-', 2);
        return Port(ends[0]) is { } first && Port(ends[^1]) is { } last && first <= last ? (first, last) : null;
    }

    private static int? Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= Highest ? port : null;
}
