using ElectricBrain.Sensors.Diagnostics;

namespace ElectricBrain.Sensors.Sound.Sources.Alsa;

/// <summary>Linux error numbers as libasound returns them.</summary>
internal static class AlsaError
{
    public const int NoEntry = -2;
    public const int Interrupted = -4;
    public const int NoSuchDevice = -6;
    public const int Again = -11;
    public const int AccessDenied = -13;
    public const int Busy = -16;
    public const int NoDevice = -19;
    public const int Overrun = -32;
    public const int Suspended = -86;

    /// <summary>Whether the capture goes on after <see cref="IAlsaPcm.Recover"/>.</summary>
    public static bool IsRecoverable(int error) => error is Overrun or Suspended;

    /// <summary>The exception for a device that cannot be opened.</summary>
    public static SensorException CannotOpen(string device, int error, string description) => error switch
    {
        NoEntry or NoDevice or NoSuchDevice => new SensorException(
            SensorFault.BusMissing,
            $"ALSA has no capture device {device} ({description}). 'arecord -l' lists those there are; for the microphone of an Enviro hat add 'dtoverlay=adau7002-simple' to /boot/firmware/config.txt and reboot, and give a container '--device /dev/snd'."),
        AccessDenied => new SensorException(
            SensorFault.PermissionDenied,
            $"ALSA's capture device {device} may not be opened. Add the user to the group audio ('sudo usermod -aG audio $USER', then sign in again) or run the container with that group."),
        Busy => new SensorException(
            SensorFault.NoAnswer,
            $"ALSA's capture device {device} is in use by another program. End it ('fuser -v /dev/snd/*' names it), or share the device with a dsnoop device."),
        _ => new SensorException(SensorFault.NoAnswer, $"ALSA's capture device {device} cannot be opened: {description}. Try it with 'arecord -D {device} -d 1 /dev/null'."),
    };
}
