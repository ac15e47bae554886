using ElectricBrain.Samples.Visualizer;

namespace ElectricBrain.Samples.Tests.Visualizer;

public sealed class CommandLineTests
{
    [Fact]
    public void Read_NoOptions_ServesLoopbackPort5090()
    {
        var options = Read();
        Assert.Equal("http://127.0.0.1:5090", Assert.Single(options.Addresses).OriginalString);
        Assert.False(options.Simulate);
    }

    [Theory]
    [InlineData("--urls http://0.0.0.0:5090", "http://0.0.0.0:5090 is reachable from other machines. Protect it with --token-file FILE")]
    [InlineData("--urls http://*:5090", "is reachable from other machines")]
    [InlineData("--urls http://[::]:5090", "is reachable from other machines")]
    [InlineData("--urls http://swarm.home:5090", "is reachable from other machines")]
    [InlineData("--urls http://127.0.0.1:5090;http://192.168.1.8:5090", "http://192.168.1.8:5090 is reachable")]
    [InlineData("--urls https://127.0.0.1:5090", "--urls: 'https://127.0.0.1:5090' is no address that can be served")]
    [InlineData("--urls five", "--urls: 'five' is no address")]
    [InlineData("--port 70000", "--port 70000 is no port")]
    [InlineData("--port five", "--port: 'five' is no whole number")]
    [InlineData("--port 1 --urls http://127.0.0.1:1", "--urls and --port exclude each other")]
    [InlineData("--simulate --host tcp://a:1", "--simulate and --host exclude each other")]
    [InlineData("--token-file /does/not/exist", "--token-file: /does/not/exist cannot be read")]
    [InlineData("--bogus", "'--bogus'")]
    public void Read_UnusableOption_IsToldInOneLineWithTheOptionsName(string arguments, string message)
    {
        var refusal = Assert.Throws<StartupException>(() => Read(arguments.Split(' ')));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        Assert.Equal(2, refusal.ExitCode);
    }

    [Fact]
    public void Read_TokenFile_OpensOtherAddressesAndRefusesAShortToken()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "0123456789abcdef0123\n");
            Assert.Equal("0123456789abcdef0123", Read("--urls", "http://0.0.0.0:5090", "--token-file", file).Token);
            File.WriteAllText(file, "hunter2");
            var refusal = Assert.Throws<StartupException>(() => Read("--token-file", file));
            Assert.DoesNotContain("hunter2", refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static VisualizerOptions Read(params string[] arguments)
    {
        var commandLine = new CommandLine();
        return commandLine.Read(commandLine.Root.Parse(arguments));
    }
}
