using System.Text.Json;
using Orchestrator.Emulator.Runs;
using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Http;

/// <summary>One entry of a universal request. Its model is named in the query, or in the endpoint as Workers AI and Google do.</summary>
internal sealed record UniversalEntry(string Provider, string Endpoint, JsonElement Headers, JsonElement Query)
{
    private const string GoogleModels = "/models/";

    public static UniversalEntry? Read(JsonElement element) =>
        element.Text("provider") is { } provider && element.Text("endpoint") is { } endpoint
            ? new(provider, endpoint, element.Member("headers") ?? default, element.Member("query") ?? default)
            : null;

    /// <param name="gateway">The gateway's id.</param>
    /// <param name="step">Its position; null where it is alone and the universal endpoint was not asked.</param>
    /// <param name="request">The headers for all entries.</param>
    public (DispatchRequest Request, HeaderOptions Options) Request(string gateway, int? step, IHeaderDictionary request)
    {
        var options = HeaderOptions.Read(name => Header(name, request));
        DispatchRequest dispatch = new()
        {
            Model = Model(),
            Inputs = Query,
            Stream = Query.Flag("stream") ?? Endpoint.Contains(":streamGenerateContent", StringComparison.Ordinal),
            Gateway = gateway,
            Wire = Wire,
            Step = step,
            Key = options.Key,
            Metadata = options.Metadata,
            CollectLog = options.CollectLog,
            Cache = options.Cache,
        };
        return (dispatch, options);
    }

    /// <summary>A provider's own, unless it is asked in the words of another's API.</summary>
    private WireFormat Wire => IsWorkersAiModel
        ? Catalog.WireOf(Model())
        : ApiPaths.WireOf(Endpoint) ?? Catalog.WireOf(Provider);

    private bool IsWorkersAiModel => Provider == "workers-ai" && Endpoint.StartsWith("@cf/", StringComparison.Ordinal);

    private ModelName Model()
    {
        if (IsWorkersAiModel)
        {
            return ModelName.Parse(Endpoint);
        }

        var name = Query.Text("model");
        if (name is null && $"/{Endpoint}".LastIndexOf(GoogleModels, StringComparison.Ordinal) is >= 0 and int at)
        {
            name = $"/{Endpoint}"[(at + GoogleModels.Length)..].Split(':', 2)[0];
        }

        // The compat endpoint and Workers AI name the provider in the model; the others are asked for their own names.
        return ModelName.Parse(Provider is "compat" or "workers-ai" ? name ?? "" : $"{Provider}/{name}");
    }

    /// <summary>The entry's header wins over the request's.</summary>
    private string? Header(string name, IHeaderDictionary request)
    {
        if (Headers.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in Headers.EnumerateObject())
            {
                if (string.Equals(header.Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    return header.Value.ToString();
                }
            }
        }

        return request.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
