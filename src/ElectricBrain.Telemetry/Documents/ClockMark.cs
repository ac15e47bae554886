namespace ElectricBrain.Telemetry.Documents;

/// <summary>What a document says of the clock that its timestamp comes from: the field <c>clock</c>, which is no dimension.</summary>
internal enum ClockMark
{
    /// <summary>Nothing: the clock was right when the reading was taken, as far as the machine knows.</summary>
    None,

    /// <summary>The reading was taken before the clock was synchronised, and dated when it was.</summary>
    Corrected,

    /// <summary>The clock was not synchronised; order and distances are right, the date may not be.</summary>
    Unsynchronised,
}
