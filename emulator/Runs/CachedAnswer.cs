using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Runs;

/// <summary>What the bytes of a kept answer follow from.</summary>
internal sealed record CachedAnswer(RunSettings Settings, Wire Wire, Answer Answer, bool Stream, long ExpiresAt);
