using Orchestrator.Silo.Hosting;
using Orchestrator.Standalone.Hosting;

return await ServiceApp.RunAsync(() => SiloApp.BuildAsync(args));
