namespace Orchestrator.TestKit.Workers;

/// <summary>What the worker finds as its binding <c>AI</c>.</summary>
public enum BridgeBinding
{
    /// <summary>The binding as the runtime ships it; what Cloudflare has behind it is the emulator.</summary>
    OverEmulator,

    /// <summary>One that throws when a name says so, and else answers with what it was asked: <c>scripted-binding.js</c>.</summary>
    Scripted,
}
