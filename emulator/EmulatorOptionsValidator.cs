using Microsoft.Extensions.Options;

namespace Orchestrator.Emulator;

internal sealed class EmulatorOptionsValidator : IValidateOptions<EmulatorOptions>
{
    public ValidateOptionsResult Validate(string? name, EmulatorOptions options)
    {
        List<string> problems = [];
        if (options.BufferTtl <= TimeSpan.Zero)
        {
            problems.Add("Emulator:BufferTtl must be positive, for example 00:05:30.");
        }

        if (options.CacheTtl < 0)
        {
            problems.Add("Emulator:CacheTtl must be seconds, or 0 to keep nothing that is not asked for.");
        }

        if (options.DefaultEvents < 0)
        {
            problems.Add("Emulator:DefaultEvents must be 0 or more.");
        }

        if (options.DefaultRate < 0 || !double.IsFinite(options.DefaultRate))
        {
            problems.Add("Emulator:DefaultRate must be events per second, or 0 for flat out.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
