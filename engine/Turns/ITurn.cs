using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Turns;

/// <summary>The right to send one request. Ends with <see cref="GiveBack"/> or <see cref="Close"/>; calls after that do nothing.</summary>
public interface ITurn
{
    /// <summary>The request was answered, at its headers. A refusal for the rate of requests holds the others back as well.</summary>
    void Answered(GatewayError? refusal);

    /// <summary>Nothing was sent.</summary>
    void GiveBack();

    /// <summary>The attempt is over, whatever became of it.</summary>
    /// <param name="used">What is known of its tokens; null leaves the budget with what was estimated.</param>
    void Close(TokenCounts? used);
}
