namespace ElectricBrain.Samples.DeployTool;

/// <summary>What the command tells the shell. The numbers are documented and stay.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The engine refused or failed, or the plan has obstacles.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the stack file is wrong; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>No swarm manager was reached.</summary>
    public const int Unreachable = 3;

    /// <summary>Everything was accepted, and the services did not come up as wanted.</summary>
    public const int NotConverged = 4;

    /// <summary>Interrupted by Ctrl-C, as shells have it.</summary>
    public const int Interrupted = 130;
}
