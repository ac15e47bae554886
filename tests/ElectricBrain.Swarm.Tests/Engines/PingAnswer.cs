using System.Text;

namespace ElectricBrain.Swarm.Tests.Engines;

/// <summary>Answers /_ping on a connection, as often as it is asked.</summary>
internal static class PingAnswer
{
    public static async Task ServeAsync(Stream connection)
    {
        using var reader = new StreamReader(connection, Encoding.ASCII);
        while (await reader.ReadLineAsync() is { } first)
        {
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
            }

            Assert.Matches("^GET [a-z0-9/]*/_ping ", first);
            await connection.WriteAsync("HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK"u8.ToArray());
        }
    }
}
