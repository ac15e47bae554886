using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>
/// The GPIO chips of this machine, asked one by one. Both versions of libgpiod list them too, but give up at the first that
/// may not be opened, which in a container is usual.
/// </summary>
internal static partial class GpioChipDevices
{
    private const string Prefix = "gpiochip";
    private const int NameLength = 32;
    private const int InfoLength = 2 * NameLength + sizeof(uint);

    /// <summary>GPIO_GET_CHIPINFO_IOCTL of linux/gpio.h: name, label and number of lines.</summary>
    private const nuint GetChipInfo = 0x8044B401;

    public static IReadOnlyList<GpioChip> List(string directory = "/dev")
    {
        var chips = new List<GpioChip>();
        foreach (var path in Directory.EnumerateFileSystemEntries(directory, Prefix + "*"))
        {
            // The system keeps a link with the old number of a chip that has got another.
            var isNumber = int.TryParse(Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number);
            if (isNumber && new FileInfo(path).LinkTarget is null && Ask(path, number) is { } chip)
            {
                chips.Add(chip);
            }
        }

        chips.Sort(static (left, right) => left.Number.CompareTo(right.Number));
        return chips;
    }

    private static GpioChip? Ask(string path, int number)
    {
        try
        {
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            var info = new byte[InfoLength];
            if (Ioctl(handle, GetChipInfo, info) < 0)
            {
                return null;
            }

            var label = info.AsSpan(NameLength, NameLength);
            var end = label.IndexOf((byte)0);
            var lines = MemoryMarshal.Read<int>(info.AsSpan(2 * NameLength));
            return new GpioChip(number, Encoding.UTF8.GetString(end < 0 ? label : label[..end]), lines);
        }
        catch (UnauthorizedAccessException)
        {
            return new GpioChip(number, null, 0);
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Ioctl(SafeFileHandle file, nuint request, byte[] argument);
}
