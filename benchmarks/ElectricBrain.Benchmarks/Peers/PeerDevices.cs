using ElectricBrain.Benchmarks.Peers.Devices;

namespace ElectricBrain.Benchmarks.Peers;

/// <summary>Every device that is compared, by the peer's package.</summary>
internal static class PeerDevices
{
    private static readonly Dictionary<string, Func<Task<PeerDevice>>> Recorded = new()
    {
        ["pimoroni-bme280"] = async () => await Bme280Device.PimoroniAsync(),
        ["RPi.bme280"] = async () => await Bme280Device.RpiAsync(),
        ["ltr559"] = async () => await Ltr559Device.CreateAsync(),
        ["ads1015"] = async () => await Ads1015Device.CreateAsync(),
        ["enviroplus.gas"] = async () => await Mics6814Device.CreateAsync(),
        ["pms5003"] = () => Task.FromResult<PeerDevice>(new Pms5003Device()),
        ["st7735"] = async () => await St7735Device.CreateAsync(),
        ["enviroplus.noise"] = () => Task.FromResult<PeerDevice>(new NoiseDevice()),
    };

    public static async Task<IReadOnlyList<PeerDevice>> CreateAsync() => await Task.WhenAll(Recorded.Values.Select(create => create()));

    public static Task<PeerDevice> CreateAsync(string package) => Recorded[package]();
}
