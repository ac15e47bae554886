using ElectricBrain.Samples.Visualizer.Views;

namespace ElectricBrain.Samples.Tests.Visualizer;

public sealed class RedactionTests
{
    [Theory]
    [InlineData("hat", "enviro")]
    [InlineData("board", "Raspberry Pi 4")]
    [InlineData("zone", "garden")]
    [InlineData("nfs.export", "nas:/volume1")]
    public void MayShow_PlainLabel_IsShown(string name, string value) => Assert.True(Redaction.MayShow(name, value));

    [Theory]
    [InlineData("db_password", "x")]
    [InlineData("API-KEY", "x")]
    [InlineData("registry.authtoken", "x")]
    [InlineData("clientSecret", "x")]
    [InlineData("aws.credentials", "x")]
    [InlineData("registry", "https://user:hunter2@registry.home")]
    [InlineData("session", "eyJhbGciOiJIUzI1NiJ9.e30.abc")]
    [InlineData("deploy", "ghp_0123456789abcdef")]
    [InlineData("cert", "-----BEGIN PRIVATE KEY-----")]
    public void MayShow_NameOrValueLikeASecret_IsHidden(string name, string value) => Assert.False(Redaction.MayShow(name, value));

    [Theory]
    [InlineData("mount failed: username=pi,password=hunter2,addr=nas", "mount failed: username=pi,password=***,addr=nas")]
    [InlineData("pull https://user:hunter2@registry.home/v2/ refused", "pull https://***@registry.home/v2/ refused")]
    [InlineData("API_KEY: hunter2", "API_KEY: ***")]
    [InlineData("task: non-zero exit (137)", "task: non-zero exit (137)")]
    [InlineData("no suitable node (scheduling constraints not satisfied on 9 nodes)", "no suitable node (scheduling constraints not satisfied on 9 nodes)")]
    public void Clean_Text_LosesTheSecretsOnly(string text, string clean) => Assert.Equal(clean, Redaction.Clean(text));
}
