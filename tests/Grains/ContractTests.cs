using System.Globalization;
using System.Reflection;
using Orchestrator.Grains.Contract;
using Orleans.Services;

namespace Orchestrator.Grains.Tests;

/// <summary>
/// What travels between silos of different versions, and what is stored: names and numbers that never change. A new member is a new line
/// here; no line changes or goes.
/// </summary>
public sealed class ContractTests
{
    private static readonly string[] Frozen =
    [
        "orchestrator.budget 0 Int64 Day",
        "orchestrator.budget 1 Double Spent",
        "orchestrator.budget 2 Boolean IsRefused",
        "orchestrator.entry-slice 0 Int64 FirstNumber",
        "orchestrator.entry-slice 1 Int32 Count",
        "orchestrator.entry-slice 2 Int64 BaseTime",
        "orchestrator.entry-slice 3 Byte[] Data",
        "orchestrator.held-turn 0 TurnAsk Ask",
        "orchestrator.held-turn 1 Int64 TakenAt",
        "orchestrator.held-turn 2 Int64 AnsweredAt",
        "orchestrator.held-turn 3 String Refusal",
        "orchestrator.held-turn 4 String UpstreamCode",
        "orchestrator.held-turn 5 Nullable`1 RetryAfter",
        "orchestrator.held-turn 6 TurnOutcome Outcome",
        "orchestrator.held-turn 7 Nullable`1 InputTokens",
        "orchestrator.held-turn 8 Nullable`1 OutputTokens",
        "orchestrator.limit ask (TurnAsk) Task`1",
        "orchestrator.limit leave (TurnAsk) Task",
        "orchestrator.limit report (TurnReport) Task",
        "orchestrator.limit wait (TurnAsk, TimeSpan) Task`1",
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
        "orchestrator.run-watch prepare (IReadOnlyList`1) Task",
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
        "orchestrator.turn-ask 0 Guid Turn",
        "orchestrator.turn-ask 1 SiloAddress Holder",
        "orchestrator.turn-ask 2 String Run",
        "orchestrator.turn-ask 3 String Tenant",
        "orchestrator.turn-ask 4 String Model",
        "orchestrator.turn-ask 5 String Task",
        "orchestrator.turn-ask 6 Int64 CreatedAt",
        "orchestrator.turn-holder held (String) Task`1",
        "orchestrator.turn-outcome 0 None",
        "orchestrator.turn-outcome 1 Open",
        "orchestrator.turn-outcome 2 GivenBack",
        "orchestrator.turn-outcome 3 Closed",
        "orchestrator.turn-reply 0 Int64 TakenAt",
        "orchestrator.turn-reply 1 String Limit",
        "orchestrator.turn-reply 2 String Message",
        "orchestrator.turn-reply 3 Nullable`1 ExpectedAt",
        "orchestrator.turn-reply 4 Int32 Ahead",
        "orchestrator.turn-reply 5 Boolean IsFinal",
        "orchestrator.turn-report 0 SiloAddress Holder",
        "orchestrator.turn-report 1 HeldTurn[] Changed",
        "orchestrator.turn-report 2 Guid[] Open",
    ];

    [Fact]
    public void Names_and_numbers_are_as_ever()
    {
        var types = typeof(IRunGrain).Assembly.GetTypes().Where(static type =>
            type.Namespace?.StartsWith("Orchestrator.", StringComparison.Ordinal) == true
            && (type.GetCustomAttribute<GenerateSerializerAttribute>() is not null || IsCalled(type)));
        Assert.Equal(Frozen, types.SelectMany(Lines).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Orchestrator.Grains.Runs.RunGrain", "run")]
    [InlineData("Orchestrator.Grains.Limits.LimitGrain", "limit")]
    public void A_grain_keeps_its_type(string name, string type)
    {
        var grain = typeof(IRunGrain).Assembly.GetType(name)!;
        Assert.Equal(type, grain.GetCustomAttribute<GrainTypeAttribute>()!.GetGrainType(null!, null!).ToString());
    }

    private static bool IsCalled(Type type) =>
        type.IsInterface && (typeof(IGrainWithStringKey).IsAssignableFrom(type) || typeof(IGrainService).IsAssignableFrom(type));

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
