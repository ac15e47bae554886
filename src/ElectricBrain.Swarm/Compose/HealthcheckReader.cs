using ElectricBrain.Swarm.Specs;

namespace ElectricBrain.Swarm.Compose;

internal static class HealthcheckReader
{
    public static HealthcheckSpec? Read(ComposeValue? value)
    {
        if (value?.Fields() is not { } fields)
        {
            return null;
        }

        ComposeValue? test = fields.Take("test");
        bool isDisabled = fields.Take("disable")?.Flag() ?? false;
        var healthcheck = new HealthcheckSpec
        {
            Test = isDisabled ? ["NONE"] : test switch
            {
                null => [],
                { IsSequence: true } => test.Texts(),
                _ => test.Text() is { } line ? ["CMD-SHELL", line] : [],
            },
            Interval = fields.Take("interval")?.Duration(),
            Timeout = fields.Take("timeout")?.Duration(),
            StartPeriod = fields.Take("start_period")?.Duration(),
            Retries = (int?)fields.Take("retries")?.Integer(0, int.MaxValue),
        };
        fields.Finish();
        if (isDisabled && test is not null)
        {
            value.Problem("'test' and 'disable' contradict each other. Remove one.");
        }
        else if (test is { IsSequence: true } && healthcheck.Test is not ["CMD" or "CMD-SHELL" or "NONE", ..])
        {
            test.Problem("a list must start with CMD, CMD-SHELL or NONE.");
        }

        return healthcheck;
    }
}
