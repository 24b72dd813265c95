using System.Runtime.InteropServices;
using Orchestrator.Cli;

var surroundings = ProcessSurroundings.Open();
using var stop = new CancellationTokenSource();

// The first Ctrl-C ends the command in order; the second one ends the process as usual.
void Interrupt(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
return await CommandLine.RunAsync(args, surroundings, stop.Token);
