using System.Security.Cryptography;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Upstream;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Execution;

/// <summary>
/// Takes the run's secrets out of what others say before it is journaled, and so before anybody can read it: providers quote the key
/// that they refuse, inside a stream as well as in an answer of its own. Every message of an upstream passes here, because the fold that
/// reads it out of the stream has no secrets to compare it with. The raw events stay as they came.
/// </summary>
internal sealed class RunSecrets(RunState state, SubmissionSource submission, RunServices services)
{
    private const string Withheld = "The upstream's message is withheld: the run's extra headers can not be decrypted to take them out of it.";

    public async ValueTask<Step> TakeOutOfAsync(Step step) => step switch
    {
        Step.Fail fail when fail.Error != Errors.SecretsLost => fail with { Error = Clean(fail.Error, await OpenAsync()) },
        Step.Detach { Message: { } message } detach => detach with { Message = Clean(message, await OpenAsync()) },

        // The error of an end is of the engine's own making, or that of an attempt's failure, which passed here.
        _ => step,
    };

    private static RunError Clean(RunError error, SecretScrubber? secrets) => error with
    {
        Message = Clean(error.Message, secrets),
        UpstreamCode = error.UpstreamCode is { } code ? secrets?.ScrubCut(code) : null,
    };

    private static string Clean(string message, SecretScrubber? secrets) => secrets?.ScrubCut(message) ?? Withheld;

    /// <summary>Null: the key is gone.</summary>
    private async ValueTask<SecretScrubber?> OpenAsync()
    {
        if (state.Spec.ExtraHeaders.Count == 0)
        {
            return new SecretScrubber(services.Gateway.Secrets);
        }

        var sealedHeaders = (await submission.ReadAsync()).Sealed;
        try
        {
            return new SecretScrubber([.. services.Gateway.Secrets, .. SealedHeaders.Open(services.Seal, sealedHeaders).Values]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
