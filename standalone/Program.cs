using Orchestrator.Standalone.Hosting;

return await ServiceApp.RunAsync(() => StandaloneApp.BuildAsync(args));
