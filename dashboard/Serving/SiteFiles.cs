using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Orchestrator.Dashboard;

/// <summary>What the build embedded: nothing, where it had no Node.</summary>
internal static class SiteFiles
{
    private const string Prefix = "site/";

    /// <returns>By path below <c>/dashboard/</c>. A file is read when it is asked for first.</returns>
    public static Dictionary<string, Lazy<SiteFile>> Load()
    {
        var assembly = typeof(SiteFiles).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToDictionary(
                static name => name[Prefix.Length..], name => new Lazy<SiteFile>(() => Read(assembly, name)), StringComparer.Ordinal);
    }

    private static SiteFile Read(Assembly assembly, string name)
    {
        using var resource = assembly.GetManifestResourceStream(name)!;
        var body = new byte[resource.Length];
        resource.ReadExactly(body);
        var compressed = Compress(body);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, 12))}\"");
        return new SiteFile(ContentType(name), body, compressed.Length < body.Length * 9 / 10 ? compressed : null, tag);
    }

    private static byte[] Compress(byte[] body)
    {
        using var output = new MemoryStream();
        using (var brotli = new BrotliStream(output, CompressionLevel.Optimal))
        {
            brotli.Write(body);
        }

        return output.ToArray();
    }

    private static string ContentType(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".woff2" => "font/woff2",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
