using ElectricBrain.Samples.DeployTool;

return await Ebrain.RunAsync(args, Console.Out, Console.Error, Environment.GetEnvironmentVariable, TimeProvider.System);
