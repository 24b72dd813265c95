using System.Globalization;
using System.Reflection;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Tests;

/// <summary>
/// What travels between silos of different versions, and what is stored: names and numbers that never change. A new member is a new line
/// here; no line changes or goes.
/// </summary>
public sealed class ContractTests
{
    private static readonly string[] Frozen =
    [
        "orchestrator.entry-slice 0 Int64 FirstNumber",
        "orchestrator.entry-slice 1 Int32 Count",
        "orchestrator.entry-slice 2 Int64 BaseTime",
        "orchestrator.entry-slice 3 Byte[] Data",
        "orchestrator.run cancel (TimeSpan) Task`1",
        "orchestrator.run forget () Task",
        "orchestrator.run get () Task`1",
        "orchestrator.run handOver (SiloAddress) Task",
        "orchestrator.run read (Int64, CancellationToken) IAsyncEnumerable`1",
        "orchestrator.run submit (SubmitRequest) Task`1",
        "orchestrator.run wait (TimeSpan) Task`1",
        "orchestrator.run wake () Task",
        "orchestrator.run-checkpoint 0 String GatewayRunId",
        "orchestrator.run-checkpoint 1 Int64 EventOffset",
        "orchestrator.run-checkpoint 2 Int32 Status",
        "orchestrator.run-checkpoint 3 Int64 Epoch",
        "orchestrator.run-checkpoint 4 Int64 LastNumber",
        "orchestrator.submit-reply 0 SubmitResult Result",
        "orchestrator.submit-reply 1 String Holder",
        "orchestrator.submit-reply 2 String HolderHash",
        "orchestrator.submit-reply 3 String Reason",
        "orchestrator.submit-request 0 EntrySlice First",
        "orchestrator.submit-request 1 String IdempotencyKey",
        "orchestrator.submit-request 2 String RequestHash",
        "orchestrator.submit-request 3 Boolean IsRepeated",
        "orchestrator.submit-result 1 Accepted",
        "orchestrator.submit-result 2 KeyTaken",
        "orchestrator.submit-result 3 Unavailable",
        "orchestrator.submit-result 4 Stopping",
    ];

    [Fact]
    public void Names_and_numbers_are_as_ever()
    {
        var types = typeof(IRunGrain).Assembly.GetTypes().Where(static type =>
            type.Namespace?.StartsWith("Orchestrator.", StringComparison.Ordinal) == true
            && (type.GetCustomAttribute<GenerateSerializerAttribute>() is not null || (type.IsInterface && typeof(IGrainWithStringKey).IsAssignableFrom(type))));
        Assert.Equal(Frozen, types.SelectMany(Lines).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void The_grain_keeps_its_type()
    {
        var grain = typeof(IRunGrain).Assembly.GetType("Orchestrator.Grains.Runs.RunGrain")!;
        Assert.Equal("run", grain.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(null!, null!).ToString());
    }

    private static IEnumerable<string> Lines(Type type)
    {
        var alias = type.GetCustomAttribute<AliasAttribute>()?.Alias ?? $"{type.Name} has no alias";
        if (type.IsEnum)
        {
            return Enum.GetValues(type).Cast<object>().Select(value => $"{alias} {Convert.ToInt32(value, CultureInfo.InvariantCulture)} {value}");
        }

        if (type.IsInterface)
        {
            return type.GetMethods().Select(method =>
                $"{alias} {method.GetCustomAttribute<AliasAttribute>()?.Alias} "
                + $"({string.Join(", ", method.GetParameters().Select(static parameter => parameter.ParameterType.Name))}) {method.ReturnType.Name}");
        }

        return type.GetProperties().Where(static property => property.GetCustomAttribute<IdAttribute>() is not null).Select(property =>
            $"{alias} {property.GetCustomAttribute<IdAttribute>()!.Id} {property.PropertyType.Name} {property.Name}");
    }
}
