using System.Buffers.Binary;
using System.Net;
using ElectricBrain.Samples.SensorAgent;
using ElectricBrain.Samples.SensorAgent.Http;
using ElectricBrain.Samples.SensorAgent.Lcd;
using ElectricBrain.Samples.SensorAgent.Options;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ElectricBrain.Samples.Tests.SensorAgent;

public sealed class AgentDisplayTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DisplayPng_RunningAgent_IsThePictureOfTheDisplayAndIsNotKept()
    {
        using var data = new TemporaryDirectory();
        await using var agent = await RunningAgent.StartAsync(data.Path);
        HttpResponseMessage answer = null!;
        await Eventually.BecomesTrueAsync(async () => (answer = await agent.Client.GetAsync("display.png", Cancellation)).StatusCode == HttpStatusCode.OK);

        var png = await answer.Content.ReadAsByteArrayAsync(Cancellation);
        Assert.Equal("image/png", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal((160, 80), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [Fact]
    public async Task DisplayPng_ReadingsGoOn_ChangesWithThem()
    {
        using var data = new TemporaryDirectory();
        await using var agent = await RunningAgent.StartAsync(data.Path);
        var seen = new HashSet<string>();

        await Eventually.BecomesTrueAsync(async () =>
        {
            var answer = await agent.Client.GetAsync("display.png", Cancellation);
            if (answer.StatusCode == HttpStatusCode.OK)
            {
                seen.Add(Convert.ToHexString(await answer.Content.ReadAsByteArrayAsync(Cancellation)));
            }

            return seen.Count >= 2;
        });
    }

    [Fact]
    public async Task Display_Off_DrawsNothingAndThePictureIsNotFound()
    {
        AgentOptions? parsed = null;
        await AgentCommand.InvokeAsync(["--display", "off"], (options, _) =>
        {
            parsed = options;
            return Task.FromResult(0);
        });
        var services = new ServiceCollection();
        services.AddLcd(parsed!);
        Assert.Empty(services);

        var context = new DefaultHttpContext { RequestServices = services.AddLogging().BuildServiceProvider() };
        context.Response.Body = new MemoryStream();
        await DisplayEndpoint.Get(context).ExecuteAsync(context);

        Assert.Equal(StatusCodes.Status404NotFound, context.Response.StatusCode);
    }

    [Fact]
    public async Task Display_UnknownMode_IsRefused() =>
        Assert.Equal(ExitCode.Usage, await AgentCommand.InvokeAsync(["--display", "on"], static (_, _) => Task.FromResult(0)));
}
