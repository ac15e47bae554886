namespace ElectricBrain.Samples.SensorAgent;

/// <summary>What the agent's exit code says; a script can tell the cases apart without reading the message.</summary>
internal static class ExitCode
{
    /// <summary>It did what was asked, or was told to stop.</summary>
    public const int Success = 0;

    /// <summary>Something else failed; the message says what.</summary>
    public const int Failure = 1;

    /// <summary>An option is wrong.</summary>
    public const int Usage = 2;

    /// <summary>The bus or its chips cannot be used.</summary>
    public const int Sensor = 3;

    /// <summary>The data directory cannot be used.</summary>
    public const int Store = 4;

    /// <summary>The address of the page cannot be used.</summary>
    public const int Address = 5;

    /// <summary>The outbox holds damaged records.</summary>
    public const int Damaged = 6;
}
