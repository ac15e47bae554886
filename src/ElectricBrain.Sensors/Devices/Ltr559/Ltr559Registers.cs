namespace ElectricBrain.Sensors.Devices.Ltr559;

/// <summary>Register map (LTR-559ALS-01 datasheet).</summary>
internal static class Ltr559Registers
{
    public const byte LightControl = 0x80;
    public const byte ProximityControl = 0x81;
    public const byte ProximityLed = 0x82;
    public const byte ProximityPulses = 0x83;
    public const byte ProximityRate = 0x84;
    public const byte LightRate = 0x85;
    public const byte PartId = 0x86;
    public const byte ManufacturerId = 0x87;
    public const byte LightData = 0x88;
    public const byte Status = 0x8C;
    public const byte ProximityData = 0x8D;
    public const byte Interrupt = 0x8F;
    public const byte ProximityThresholds = 0x90;
    public const byte ProximityOffset = 0x94;
    public const byte LightThresholds = 0x97;
    public const byte InterruptPersist = 0x9E;

    /// <summary>Channel 1 (infrared) then channel 0 (visible and infrared), little endian.</summary>
    public const int LightDataLength = 4;

    /// <summary>The status and the proximity data behind it.</summary>
    public const int StatusLength = 3;

    public const byte LightActive = 0x01;
    public const byte Reset = 0x02;
    public const int GainShift = 2;
    public const byte ProximityActive = 0x03;
    public const byte ProximitySaturationIndicator = 0x20;
    public const byte LightInvalid = 0x80;
    public const byte LightNew = 0x04;
    public const byte ProximityNew = 0x01;
    public const int StatusGainShift = 4;
    public const byte GainMask = 0x07;
    public const byte ProximitySaturated = 0x80;
    public const int ProximityFullScale = 0x7FF;
    public const byte LightInterrupt = 0x08;
    public const byte ProximityInterrupt = 0x02;
    public const byte InterruptByProximity = 0x01;
    public const byte InterruptByLight = 0x02;
    public const byte InterruptActiveHigh = 0x04;

    /// <summary>LED pulses of 60 kHz at full duty; the current is in the low bits.</summary>
    public const byte LedTiming = 0x78;

    /// <summary>A proximity measurement every 100 ms.</summary>
    public const byte ProximityEvery100Ms = 0x02;

    public const byte ProximityRunning = ProximityActive | ProximitySaturationIndicator;

    public static byte ProximityLedOf(Ltr559Settings settings) => (byte)(LedTiming | (int)settings.LedCurrent);

    public static byte LightControlOf(Ltr559Gain gain) => (byte)((int)gain << GainShift | LightActive);

    public static byte LightRateOf(Ltr559Settings settings) => (byte)((int)settings.Integration << 3 | (int)settings.Repeat);
}
