using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.OpenApi;

/// <summary>Puts an operation's text into the document.</summary>
internal static class OperationWriter
{
    public const string SecurityScheme = "key";
    public const string CookieScheme = "session";

    public static RouteHandlerBuilder Describe(this RouteHandlerBuilder endpoint, OperationText text) =>
        endpoint.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            var role = context.Description.ActionDescriptor.EndpointMetadata.OfType<NeededRole>().SingleOrDefault();
            Write(operation, text, role?.Role, context.Document!);
            return Task.CompletedTask;
        });

    private static void Write(OpenApiOperation operation, OperationText text, Role? role, OpenApiDocument document)
    {
        operation.OperationId = text.Id;
        operation.Summary = text.Summary;
        operation.Description = text.Description;
        operation.Tags = new HashSet<OpenApiTagReference> { new(text.Tag, document) };
        operation.Parameters = [.. operation.Parameters?.Select(InPath) ?? [], .. text.Parameters.Select(Parameter)];
        operation.RequestBody = text.Body is null ? null : new OpenApiRequestBody { Required = !text.BodyOptional, Content = Content([new(JsonAnswer.ContentType, text.Body)], document) };
        if (text.BodyExample is { } example)
        {
            ((OpenApiMediaType)operation.RequestBody!.Content![JsonAnswer.ContentType]).Example = JsonNode.Parse(example);
        }

        operation.Responses = [];
        foreach (var response in role is null ? text.Responses : text.Responses.UnionBy(OfEveryRole(), static response => response.Status))
        {
            operation.Responses.Add(response.Status.ToString(CultureInfo.InvariantCulture), Response(response, document));
        }

        // Said, and not only left out: this one takes no key.
        operation.Security = [];
        if (role is { } needed)
        {
            // The last, empty one: without keys the service is open to callers on its own machine.
            List<string> roles = needed == Role.None ? [] : [needed.ToWire()];
            operation.Security =
            [
                new() { [new OpenApiSecuritySchemeReference(SecurityScheme, document)] = roles },
                new() { [new OpenApiSecuritySchemeReference(CookieScheme, document)] = roles },
                [],
            ];
        }
    }

    private static IEnumerable<ResponseText> OfEveryRole() =>
    [
        ResponseText.Problem(401, ProblemCodes.Unauthorized),
        ResponseText.Problem(403, ProblemCodes.Forbidden, ProblemCodes.Csrf),
        ResponseText.Problem(500, ProblemCodes.Internal),
        ResponseText.Problem(503, ProblemCodes.JournalUnavailable),
    ];

    private static IOpenApiParameter InPath(IOpenApiParameter parameter) => new OpenApiParameter
    {
        In = ParameterLocation.Path,
        Name = parameter.Name,
        Description = "The run's id: run_ and 26 characters.",
        Required = true,
        Schema = Schemas.Text(),
    };

    private static IOpenApiParameter Parameter(ParameterText text) => new OpenApiParameter
    {
        In = text.In,
        Name = text.Name,
        Description = text.Description,
        Schema = text.Schema,
        Explode = text.In == ParameterLocation.Query,

        // metadata[key]=text: the one way of the standard's to send names of the caller's own.
        Style = text.Schema.AdditionalProperties is null ? null : ParameterStyle.DeepObject,
    };

    private static OpenApiResponse Response(ResponseText text, OpenApiDocument document) => new()
    {
        Description = text.Description,
        Content = text.Content.Count == 0 ? null : Content(text.Content, document),
        Headers = text.Headers.Count == 0
            ? null
            : text.Headers.ToDictionary(
                header => header.Name,
                IOpenApiHeader (header) => new OpenApiHeader { Description = header.Description, Schema = Schemas.Text() },
                StringComparer.Ordinal),
    };

    private static Dictionary<string, OpenApiMediaType> Content(IEnumerable<ContentText> contents, OpenApiDocument document) =>
        contents.ToDictionary(
            content => content.Type,
            content => new OpenApiMediaType
            {
                Schema = content.Schema is { } name ? new OpenApiSchemaReference(name, document) : content.Plain ? Schemas.Text() : null,
            },
            StringComparer.Ordinal);
}
