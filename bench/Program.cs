using Orchestrator.Bench;
using Orchestrator.Bench.Journals;
using Orchestrator.Bench.Library;
using Orchestrator.Bench.Load;
using Orchestrator.Bench.Scenarios;

if (args is [LoadCommand.Name])
{
    return await LoadCommand.RunAsync();
}

if (args is [JournalCommand.Name])
{
    return await JournalCommand.RunAsync();
}

if (args is [LibraryCommand.Name])
{
    return await LibraryCommand.RunAsync();
}

if (args is [DispatchCommand.Name, ..])
{
    return await DispatchCommand.RunAsync(quick: args.Contains("--quick"));
}

try
{
    return await BenchCommand.RunAsync(BenchOptions.Parse(args, AllScenarios.Ids));
}
catch (FormatException problem)
{
    await Console.Error.WriteLineAsync($"{problem.Message} {BenchOptions.Usage}");
    return 2;
}
