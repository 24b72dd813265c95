using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Turns;

/// <summary>A request that another process sent, as the journal tells of it. Times are Unix milliseconds.</summary>
/// <param name="Model">As it was dispatched.</param>
/// <param name="Task">The run's.</param>
/// <param name="SentAt">When its attempt began.</param>
/// <param name="AnsweredAt">When the first of its answer came; null where that is not known.</param>
/// <param name="EndedAt">When its attempt was over; null where nobody has seen it end.</param>
/// <param name="Used">What is known of its tokens.</param>
/// <param name="IsRefused">It was answered with an error, and costs nothing.</param>
/// <param name="SaidSpent">The answer was that the day's neurons are spent.</param>
public sealed record PastRequest(
    string Model, string Task, long SentAt, long? AnsweredAt, long? EndedAt, TokenCounts? Used, bool IsRefused, bool SaidSpent);
