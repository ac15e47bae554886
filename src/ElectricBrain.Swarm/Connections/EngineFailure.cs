namespace ElectricBrain.Swarm.Connections;

/// <summary>Why an engine could not do what it was asked.</summary>
public enum EngineFailure
{
    /// <summary>Nothing answered at the endpoint, or the connection broke.</summary>
    Unreachable,

    /// <summary>The endpoint is written in a way that cannot be used.</summary>
    UnusableEndpoint,

    /// <summary>Something answered that is not a Docker engine.</summary>
    NotDocker,

    /// <summary>The engine is older than the oldest API version that is spoken.</summary>
    ApiTooOld,

    /// <summary>The engine takes part in no swarm, or its swarm is locked.</summary>
    NoSwarm,

    /// <summary>The engine is a worker, and only a manager knows the cluster.</summary>
    NotManager,

    /// <summary>The object changed between reading and writing it.</summary>
    Conflict,

    /// <summary>The object does not exist.</summary>
    NotFound,

    /// <summary>The engine refused the request as wrong.</summary>
    Refused,

    /// <summary>The engine failed inside, or its answer cannot be understood.</summary>
    EngineFault,
}
