namespace ElectricBrain.Samples.SensorAgent.Options;

/// <summary>What <c>calibrate</c> calibrates.</summary>
internal enum CalibrationTarget
{
    /// <summary>The computer's heat.</summary>
    Heat,

    /// <summary>The gas sensor.</summary>
    Gas,
}
