using ElectricBrain.Benchmarks.Peers.Devices;

namespace ElectricBrain.Benchmarks.Peers;

/// <summary>Every device that is compared.</summary>
internal static class PeerDevices
{
    public static async Task<IReadOnlyList<PeerDevice>> CreateAsync() =>
    [
        await Bme280Device.PimoroniAsync(),
        await Bme280Device.RpiAsync(),
        await Ltr559Device.CreateAsync(),
        await Ads1015Device.CreateAsync(),
        await Mics6814Device.CreateAsync(),
        new Pms5003Device(),
        await St7735Device.CreateAsync(),
        new NoiseDevice(),
    ];
}
