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

    [Fact]
    public async Task Runs_are_found_run_again_cancelled_and_deleted_by_the_dozen()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);

        var output = await RunAsync(service, directory, """
            first=$(o submit openai/gpt-5-mini~events=3~rate=0 hello --metadata team=a); o output $first --wait > output
            again=$(o rerun $first --model openai/gpt-5-mini~events=5~rate=0); o output $again --wait > output
            o rerun $first $again run_nobody > reruns; echo "rerun:$? $(wc -l < reruns)"
            o output $(tail -n 1 reruns) --wait > output
            echo "found:$(o list --metadata rerunOf=$first --from 1h --status completed,failed --json | grep -c $again)"
            echo "older:$(o list --to 1h) failed:$(o list --error nothing-of-the-kind)"
            for i in 1 2; do o submit openai/gpt-5-mini~events=100000~rate=20 hello --metadata team=b > slow; done
            o delete $first $(cat slow) run_nobody > deleted; echo "delete:$? $(cut -f 2 deleted | tr '\n' ' ')"
            o cancel --metadata team=b --yes > cancelled; echo "cancel:$? $(cut -f 2 cancelled | tr '\n' ' ')"
            o delete --all; echo "unasked:$?"
            o delete --to 0s --yes --json > deleted; echo "all:$? $(grep -c '"outcome":"deleted"' deleted)"
            echo "left:$(o list --all)"
            """);

        Assert.Equal(
            """
            rerun:5 2
            found:1
            older: failed:
            delete:5 deleted active not-found 
            cancel:0 cancelled cancelled 
            unasked:2
            all:0 5
            left:

            """,
            output);
        Assert.Contains("add --yes", await File.ReadAllTextAsync(Path.Combine(directory.FullPath, "errors")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_or_asks_amiss_is_told_the_way_out()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(
            directory.FullPath, gateway: null, null, "--Auth:Keys:0:Tenant", "a", "--Auth:Keys:0:Key", "reader", "--Auth:Keys:0:Roles:0", "read",
            "--Auth:Keys:1:Tenant", "a", "--Auth:Keys:1:Key", "operator", "--Auth:Keys:1:Roles:0", "operate");

        var output = await RunAsync(service, directory, """
            id=$(o submit openai/gpt-5-mini~events=1~rate=0 hello --key operator)
            o list; echo "no key:$?"
            o cancel --all --yes --key stranger; echo "unknown key:$?"
            o list --key reader > listed; echo "reader:$?"
            o rerun $id --key reader; echo "reader reruns:$?"
            o delete $id run_x --key reader; echo "reader deletes:$?"
            o rerun run_nobody --key operator; echo "unknown run:$?"
            o rerun $id --model "" --key operator; echo "no model:$?"
            o delete --all --yes --url http://127.0.0.1:1; echo "nobody there:$?"
            """);

        Assert.Equal(
            """
            no key:6
            unknown key:6
            reader:0
            reader reruns:6
            reader deletes:6
            unknown run:5
            no model:2
            nobody there:7

            """,
            output);
        var errors = await File.ReadAllTextAsync(Path.Combine(directory.FullPath, "errors"));
        Assert.Equal(2, errors.Split("set --key or ORCHESTRATOR_API_KEY").Length - 1);
        Assert.Equal(2, errors.Split("this key may not do that").Length - 1);
        Assert.Contains("/model: ", errors, StringComparison.Ordinal);
        Assert.Contains("no service at http://127.0.0.1:1", errors, StringComparison.Ordinal);
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
