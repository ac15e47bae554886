using System.CommandLine;
using ElectricBrain.Benchmarks.Peers.ElasticIngest;
using ElectricBrain.Benchmarks.Telemetry.Ingest;

return await new RootCommand { IngestCommand.Create(new ElasticIngestSide()) }.Parse(args).InvokeAsync();
