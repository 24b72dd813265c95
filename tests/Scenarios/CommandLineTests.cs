using System.Text;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>The command line's own process against the real service: what each writes is what the other reads.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Every_command_understands_the_service()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);

        var output = await RunAsync(service, directory, """
            id=$(o submit openai/gpt-5-mini~events=3~rate=0 hello --metadata team=a)
            echo "watch:$(o watch $id) $?"
            echo "get:$(o get $id | sed -n 's/^status\t//p')"
            echo "list:$(o list --metadata team=a | cut -f 1,2)"
            echo "json:$(o list --all --json | grep -c '"attempts":1')"
            echo "output:$(o output $id --wait)"
            o feedback $id good --score 5; echo "feedback:$?"
            echo "cancel:$(o cancel $id | cut -f 2)"
            o delete $id; echo "delete:$?"
            o get $id; echo "gone:$?"
            """);

        var id = output.Split('\n').Single(static line => line.StartsWith("list:", StringComparison.Ordinal))[5..].Split('\t')[0];
        Assert.Equal(
            $"""
            watch:are measures on 0
            get:completed
            list:{id}	completed
            json:1
            output:are measures on
            feedback:0
            cancel:completed
            delete:0
            gone:5

            """,
            output);
    }

    /// <summary>The answer takes more than an hour: who watched it to its end would not come back.</summary>
    [Fact]
    public async Task A_watch_ends_when_nobody_reads_it_any_more_and_the_run_goes_on()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);

        var output = await RunAsync(service, directory, """
            set -o pipefail
            id=$(o submit openai/gpt-5-mini~events=100000~rate=20 hello)
            o watch $id --json | head -n 1 | cut -c 1-28
            echo "rc:$?"
            echo "get:$(o get $id | sed -n 's/^status\t//p')"
            o cancel $id > cancelled
            """);

        Assert.Equal("{\"seq\":1,\"type\":\"run.created\nrc:141\nget:running\n", output);
    }

    private static async Task<string> RunAsync(ServiceProcess service, TemporaryDirectory directory, string lines) => Encoding.UTF8.GetString(
        await ShellScript.RunAsync(
            $$"""
            export ORCHESTRATOR_URL={{service.Address}} ORCHESTRATOR_API_KEY= NO_COLOR=1
            o() { dotnet "{{Path.Combine(AppContext.BaseDirectory, "orchestrator.dll")}}" "$@" < /dev/null 2>> errors; }
            {{lines}}

            """,
            directory.FullPath));
}
