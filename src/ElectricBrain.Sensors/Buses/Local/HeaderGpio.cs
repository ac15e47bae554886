using System.Device.Gpio;
using System.Device.Gpio.Drivers;
using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Buses.Local;

/// <summary>Opens the pins of a Raspberry Pi's header, with errors that tell what is missing.</summary>
internal static class HeaderGpio
{
    /// <summary>
    /// The drivers of the header's pins: Pi 1 to 3 and Zero, Pi 4, Pi 5. Their numbers differ between kernels, and a board has
    /// other chips (regulators, expanders) whose pins must never be taken for the header's.
    /// </summary>
    private static readonly string[] HeaderLabels = ["pinctrl-bcm2835", "pinctrl-bcm2711", "pinctrl-rp1"];

    private static readonly IReadOnlyList<Func<int, GpioDriver>> LibgpiodDrivers =
    [
        static chip => new LibGpiodV2Driver(chip),
        static chip => new LibGpiodDriver(chip),
    ];

    /// <summary>Whether a chip's pins are those of a Raspberry Pi's header.</summary>
    public static bool IsHeader(GpioChip chip) => Array.IndexOf(HeaderLabels, chip.Label) >= 0;

    /// <param name="number">The chip to use; null for that of the header.</param>
    /// <param name="chips">The chips of the machine.</param>
    /// <param name="drivers">Ways to use a chip, tried in their order.</param>
    /// <exception cref="SensorException">The chip or the library is missing, or the chip may not be opened.</exception>
    public static GpioController Open(int? number, IReadOnlyList<GpioChip> chips, IReadOnlyList<Func<int, GpioDriver>>? drivers = null)
    {
        var chip = Choose(number, chips);
        var failure = default(Exception);
        foreach (var driver in drivers ?? LibgpiodDrivers)
        {
            try
            {
                return new GpioController(driver(chip.Number));
            }
            catch (Exception exception) when (exception is IOException or TypeInitializationException or PlatformNotSupportedException or UnauthorizedAccessException)
            {
                // A library that is there says more about the chip than one that is not.
                failure = failure is null || IsLibraryMissing(failure) ? exception : failure;
            }
        }

        throw IsLibraryMissing(failure)
            ? new SensorException(
                SensorFault.BusMissing,
                "libgpiod is not installed, without which no pin can be used. Install it ('sudo apt install libgpiod3'; before Debian 13 and Ubuntu 25.04 'libgpiod2'), in a container's image too.",
                innerException: failure)
            : new SensorException(SensorFault.BusMissing, $"{chip} cannot be used: {failure?.Message.TrimEnd('.')}. Check with 'gpioinfo' that it answers.", innerException: failure);
    }

    /// <exception cref="SensorException">The chip is missing or may not be opened.</exception>
    public static GpioChip Choose(int? number, IReadOnlyList<GpioChip> chips)
    {
        foreach (var chip in chips)
        {
            if (number is null ? IsHeader(chip) : chip.Number == number && chip.Label is not null)
            {
                return chip;
            }
        }

        foreach (var chip in chips)
        {
            if (chip.Label is null && (number is null || chip.Number == number))
            {
                throw new SensorException(
                    SensorFault.PermissionDenied,
                    $"/dev/gpiochip{chip.Number} may not be opened. Add the user to the group of the device ('sudo usermod -aG gpio $USER', then sign in again) or run the container with that group.");
            }
        }

        var wanted = number is null ? "the GPIO chip of a Raspberry Pi's header" : $"/dev/gpiochip{number}";
        var found = chips.Count == 0 ? "there is none in /dev" : $"found {string.Join(", ", chips)}";
        throw new SensorException(
            SensorFault.BusMissing,
            $"This machine does not show {wanted}: {found}. Give a container the device ('--device /dev/gpiochip0'; 'gpiodetect' on the machine tells which), or name another board's chip ({nameof(LocalHeaderOptions)}.{nameof(LocalHeaderOptions.GpioChip)}).");
    }

    /// <summary>The drivers wrap it, each in its way.</summary>
    private static bool IsLibraryMissing(Exception? exception) => exception switch
    {
        null => true,
        DllNotFoundException or EntryPointNotFoundException or PlatformNotSupportedException => true,
        _ => exception.InnerException is { } inner && IsLibraryMissing(inner),
    };
}
