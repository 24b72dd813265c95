using System.Globalization;

namespace Orchestrator.Bench.Processes;

/// <summary>A bare nginx in front of the emulator, with a configuration of its own.</summary>
internal sealed class NginxProcess : ITarget
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] Places = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx", "/usr/local/bin/nginx"];

    private readonly ChildProcess _process;
    private readonly string _folder;

    private NginxProcess(ChildProcess process, int port, string folder)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public string Name => "nginx";

    public int Port { get; }

    /// <summary>The master and its workers.</summary>
    public int[] Processes =>
        [
            _process.Id,
            .. File.ReadAllText($"/proc/{_process.Id}/task/{_process.Id}/children")
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static id => int.Parse(id, CultureInfo.InvariantCulture)),
        ];

    /// <summary>Where nginx is on this machine; null where it is not.</summary>
    public static string? Find() => Array.Find(Places, File.Exists);

    public static async Task<NginxProcess> StartAsync(string executable, EmulatorProcess emulator)
    {
        var folder = Directory.CreateTempSubdirectory("orchestrator-bench-nginx-").FullName;
        var port = FreePort.Next();
        var file = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(file, Configuration(folder, port, emulator.Port));
        var process = ChildProcess.Start("nginx", executable, ["-p", folder, "-c", file, "-e", Path.Combine(folder, "error.log")]);
        process.DrainOutput();
        await process.WaitUntilReadyAsync(new Uri($"http://127.0.0.1:{port}/emulator/counters"), Patience);
        return new(process, port, folder);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Configuration(string folder, int port, int upstream) => $$"""
        daemon off;
        worker_processes auto;
        worker_rlimit_nofile 16384;
        pid {{folder}}/nginx.pid;
        error_log {{folder}}/error.log;
        events { worker_connections 8192; }
        http {
          access_log off;
          client_body_temp_path {{folder}}/body;
          proxy_temp_path {{folder}}/proxy;
          fastcgi_temp_path {{folder}}/fastcgi;
          uwsgi_temp_path {{folder}}/uwsgi;
          scgi_temp_path {{folder}}/scgi;
          upstream emulator {
            server 127.0.0.1:{{upstream}};
            keepalive 2048;
          }
          server {
            listen 127.0.0.1:{{port}} backlog=4096;
            location / {
              proxy_pass http://emulator;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
              proxy_read_timeout 600s;
            }
          }
        }

        """;
}
