namespace ElectricBrain.Sensors.Simulation.Faults;

/// <summary>What can go wrong between a program and its sensors.</summary>
public enum FaultKind
{
    /// <summary>An I2C transfer is not acknowledged (Linux error 121, EREMOTEIO).</summary>
    NotAcknowledged,

    /// <summary>An I2C transfer does not end in time (Linux error 110, ETIMEDOUT).</summary>
    TimedOut,

    /// <summary>The data line is held low for a while: everything is acknowledged, what is written is lost, what is read is zeros.</summary>
    StuckLow,

    /// <summary>The chip lets go of the data line in the middle of a read: the rest is ones. Its supply has dropped; it starts anew.</summary>
    BrownOut,

    /// <summary>The supply drops between two transfers: the chip starts anew.</summary>
    PowerCycle,

    /// <summary>The chip is away for a while and acknowledges nothing; when it is back it starts anew.</summary>
    Absence,

    /// <summary>A read is answered by another chip on the bus.</summary>
    OtherChip,

    /// <summary>A read begins with bytes of the read before from the same registers, as on an adapter that splits transfers.</summary>
    TornBurst,

    /// <summary>One bit of a read is wrong. I2C has nothing that would show it.</summary>
    BitFlip,

    /// <summary>Random bytes come in between those of a serial line.</summary>
    SerialGarbage,

    /// <summary>Some of the bytes of a serial line are lost.</summary>
    SerialLoss,

    /// <summary>One bit of the bytes of a serial line is wrong.</summary>
    SerialBitFlip,

    /// <summary>A serial port fails, as when its adapter is unplugged.</summary>
    SerialUnplugged,

    /// <summary>Samples of a microphone are not read in time and are lost.</summary>
    SoundOverrun,

    /// <summary>A microphone fails, as when it is unplugged.</summary>
    SoundUnplugged,

    /// <summary>A microphone delivers zeros for a while.</summary>
    SoundSilence,
}
