using ElectricBrain.Integration.Tests.EndToEnd;
using ElectricBrain.Integration.Tests.Lab;

namespace ElectricBrain.Integration.Tests.Peers;

/// <summary>A Pi computes what this machine does: the drivers, compiled for ARM64 and emulated, on the same recorded bytes.</summary>
public sealed class Arm64Tests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_OnArm64_AreTheSameToTheLastBit()
    {
        const string Install = "apt-get install -y qemu-user-static libc6-arm64-cross libstdc++6-arm64-cross";
        Requirement.File($"no emulator of ARM64: {Install}", "/usr/bin/qemu-aarch64-static");
        Requirement.File($"no C++ library for ARM64: {Install}", "/usr/aarch64-linux-gnu/lib/libstdc++.so.6");

        var (exitCode, output, errors) = await CommandLine.RunAsync(
            "bash",
            [Path.Combine("benchmarks", "peers", "arm64", "run"), SampleBuild.PathOf("ElectricBrain.Benchmarks", "ElectricBrain.Benchmarks")],
            // Nothing of the build outlives it and keeps its output open.
            new Dictionary<string, string> { ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false" },
            Cancellation);

        Assert.True(exitCode == 0, output + errors);
        Assert.EndsWith("lines of values are the same to the last bit\n", output, StringComparison.Ordinal);
    }
}
