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
        "orchestrator.changes-ask 0 Int64 Log",
        "orchestrator.changes-ask 1 Int64 After",
        "orchestrator.changes-ask 2 Int64 Moved",
        "orchestrator.changes-ask 3 Boolean IsWhole",
        "orchestrator.changes-ask 4 Int32 Most",
        "orchestrator.counts-ask 0 String Tenant",
        "orchestrator.counts-ask 1 Int64 From",
        "orchestrator.counts-ask 2 Int64 To",
        "orchestrator.counts-ask 3 Int64 Step",
        "orchestrator.counts-ask 4 Int32 Group",
        "orchestrator.counts-ask 5 Int64 Now",
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
        "orchestrator.run-checkpoint 5 String Silo",
        "orchestrator.run-watch prepare (IReadOnlyList`1) Task",
        "orchestrator.silo-attention 0 SiloRun Run",
        "orchestrator.silo-attention 1 String Why",
        "orchestrator.silo-attention 2 Int64 Since",
        "orchestrator.silo-change 0 String Run",
        "orchestrator.silo-change 1 String Tenant",
        "orchestrator.silo-change 2 Boolean Moved",
        "orchestrator.silo-change 3 SiloRun Now",
        "orchestrator.silo-changes 0 Int64 Log",
        "orchestrator.silo-changes 1 Int64 Number",
        "orchestrator.silo-changes 2 Boolean IsGap",
        "orchestrator.silo-changes 3 SiloChange[] Changes",
        "orchestrator.silo-changes 4 Boolean IsCut",
        "orchestrator.silo-cost 0 Decimal Amount",
        "orchestrator.silo-cost 1 Decimal Wasted",
        "orchestrator.silo-cost 2 Int32 AsOf",
        "orchestrator.silo-cost 3 Boolean Complete",
        "orchestrator.silo-counts 0 Int64 From",
        "orchestrator.silo-counts 1 Int64 Step",
        "orchestrator.silo-counts 2 SiloSeries[] Series",
        "orchestrator.silo-counts 3 SiloAttention[] Attention",
        "orchestrator.silo-facts 0 Int64 Log",
        "orchestrator.silo-facts 1 String Version",
        "orchestrator.silo-facts 2 Int64 ActiveRuns",
        "orchestrator.silo-news changes (ChangesAsk) Task`1",
        "orchestrator.silo-news counts (CountsAsk) Task`1",
        "orchestrator.silo-news facts () Task`1",
        "orchestrator.silo-point 0 Int64 Submitted",
        "orchestrator.silo-point 1 Int64 Completed",
        "orchestrator.silo-point 10 Boolean IsCostComplete",
        "orchestrator.silo-point 11 Nullable`1 Active",
        "orchestrator.silo-point 12 Nullable`1 Queued",
        "orchestrator.silo-point 13 Int32[] FirstEvents",
        "orchestrator.silo-point 2 Int64 Failed",
        "orchestrator.silo-point 3 Int64 Cancelled",
        "orchestrator.silo-point 4 Int64 Events",
        "orchestrator.silo-point 5 Int64 InputTokens",
        "orchestrator.silo-point 6 Int64 OutputTokens",
        "orchestrator.silo-point 7 Int64 Reattaches",
        "orchestrator.silo-point 8 Int64 Fallbacks",
        "orchestrator.silo-point 9 SiloCost Cost",
        "orchestrator.silo-run 0 String Id",
        "orchestrator.silo-run 1 String Tenant",
        "orchestrator.silo-run 10 String IncompleteReason",
        "orchestrator.silo-run 11 String FinishReason",
        "orchestrator.silo-run 12 Nullable`1 InputTokens",
        "orchestrator.silo-run 13 Nullable`1 OutputTokens",
        "orchestrator.silo-run 14 Nullable`1 TotalTokens",
        "orchestrator.silo-run 15 String ErrorCode",
        "orchestrator.silo-run 16 String ErrorMessage",
        "orchestrator.silo-run 17 Nullable`1 Seq",
        "orchestrator.silo-run 18 Nullable`1 FirstEventAt",
        "orchestrator.silo-run 19 Nullable`1 Events",
        "orchestrator.silo-run 2 Int32 Status",
        "orchestrator.silo-run 20 Nullable`1 Attempts",
        "orchestrator.silo-run 21 Nullable`1 Reattaches",
        "orchestrator.silo-run 22 Nullable`1 Fallbacks",
        "orchestrator.silo-run 23 Nullable`1 Leg",
        "orchestrator.silo-run 24 SiloCost Cost",
        "orchestrator.silo-run 25 String TraceId",
        "orchestrator.silo-run 26 Int32 Phase",
        "orchestrator.silo-run 3 String Model",
        "orchestrator.silo-run 4 String Task",
        "orchestrator.silo-run 5 String Metadata",
        "orchestrator.silo-run 6 Int64 CreatedAt",
        "orchestrator.silo-run 7 Nullable`1 StartedAt",
        "orchestrator.silo-run 8 Nullable`1 EndedAt",
        "orchestrator.silo-run 9 Boolean Incomplete",
        "orchestrator.silo-series 0 String Key",
        "orchestrator.silo-series 1 SiloPoint[] Points",
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
