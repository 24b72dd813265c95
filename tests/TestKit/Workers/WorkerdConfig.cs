using System.Reflection;

namespace Orchestrator.TestKit.Workers;

/// <summary>Writes the runtime's configuration: the worker, its binding, and behind that the emulator.</summary>
internal static class WorkerdConfig
{
    public const string Socket = "http";

    private const string Upstream = "upstream.js";
    private const string ScriptedBinding = "scripted-binding.js";

    /// <returns>The configuration's file.</returns>
    public static string Write(string directory, WranglerFile wrangler, Uri emulator, string? secret, BridgeBinding binding)
    {
        var modules = CopyModules(directory, wrangler.Main);
        CopyResource(Upstream, directory);
        CopyResource(ScriptedBinding, directory);
        var text = $"""
            using Workerd = import "/workerd/workerd.capnp";

            const bridge :Workerd.Config = (
              services = [
                (name = "bridge", worker = (
                  modules = [{string.Join(", ", modules.Select(module => Module(module)))}],
                  {Compatibility(wrangler)},
                  bindings = [{(secret is null ? "" : $"(name = \"BRIDGE_SECRET\", text = {Quoted(secret)}), ")}{Binding(wrangler, binding)}])),
                (name = "upstream", worker = (
                  modules = [{Module(Upstream)}],
                  {Compatibility(wrangler)},
                  bindings = [(name = "EMULATOR", service = "emulator")])),
                (name = "emulator", external = (address = {Quoted(emulator.Authority)}, http = ()))
              ],
              extensions = [(modules = [(name = "test:scripted-binding", internal = true, esModule = embed "{ScriptedBinding}")])],
              sockets = [(name = "{Socket}", address = "127.0.0.1:0", http = (), service = "bridge")]
            );
            """;
        var path = Path.Combine(directory, "bridge.capnp");
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>The entry comes first: the runtime takes the first module for the worker.</summary>
    private static List<string> CopyModules(string directory, string main)
    {
        var entry = Path.Combine(BridgePackages.Root, main);
        var source = Path.GetDirectoryName(entry)!;
        var modules = new List<string> { Path.GetFileName(entry) };
        modules.AddRange(Directory.EnumerateFiles(source, "*.js").Select(path => Path.GetFileName(path)).Except(modules, StringComparer.Ordinal));
        foreach (var module in modules)
        {
            File.Copy(Path.Combine(source, module), Path.Combine(directory, module));
        }

        return modules;
    }

    private static void CopyResource(string name, string directory)
    {
        using var resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using var file = File.Create(Path.Combine(directory, name));
        resource.CopyTo(file);
    }

    private static string Binding(WranglerFile wrangler, BridgeBinding binding)
    {
        var wrapped = binding == BridgeBinding.Scripted
            ? "moduleName = \"test:scripted-binding\""
            : "moduleName = \"cloudflare-internal:ai-api\", innerBindings = [(name = \"fetcher\", service = \"upstream\")]";
        return $"(name = {Quoted(wrangler.AiBinding)}, wrapped = ({wrapped}))";
    }

    private static string Compatibility(WranglerFile wrangler) =>
        $"compatibilityDate = {Quoted(wrangler.CompatibilityDate)}, "
        + $"compatibilityFlags = [{string.Join(", ", wrangler.CompatibilityFlags.Select(Quoted))}]";

    private static string Module(string name) => $"(name = {Quoted(name)}, esModule = embed {Quoted(name)})";

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
