using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.TestKit.Postgres;

/// <summary>
/// A PostgreSQL server of the tests' own: its data in a temporary directory, listening on a socket there, ended with the process that started
/// it, however that ends. It does not force its disk: what is tested is the death of processes, not of the machine.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string User = "postgres";

    /// <summary>Of the user; connections must give it.</summary>
    public const string Password = "pg-secret-of-the-tests";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly PostgresPrograms? Programs = PostgresPrograms.Find();
    private readonly PostgresPrograms _programs;
    private Process? _process;

    private PostgresServer(PostgresPrograms programs, string directory)
    {
        _programs = programs;
        Directory = directory;
    }

    /// <summary>Why there can be no server here; null where there can.</summary>
    public static string? Missing => Programs is not null
        ? null
        : "PostgreSQL is not installed here: install it (Debian: postgresql), or name the directory of its programs in POSTGRES_BIN.";

    /// <summary>Where the socket is: the connection string's host.</summary>
    public string Directory { get; }

    /// <summary>The server's socket as a file, for who wants to stand in between.</summary>
    public string Socket => Path.Combine(Directory, ".s.PGSQL.5432");

    public static async Task<PostgresServer> StartAsync()
    {
        var programs = Programs ?? throw new InvalidOperationException(Missing);
        var server = new PostgresServer(programs, (await programs.RunAsync("mktemp", "-d", Path.Combine(Path.GetTempPath(), "pg-XXXXXXXX"))).Trim());
        await programs.RunAsync(
            "sh", "-c", $"printf %s '{Password}' > {server.Directory}/password && chmod 755 {server.Directory}");
        await programs.RunAsync(
            programs.Path("initdb"), "--pgdata", server.Data, "--username", User, "--auth", "scram-sha-256", "--pwfile",
            Path.Combine(server.Directory, "password"), "--encoding", "UTF8", "--locale", "C", "--no-sync");
        await server.LaunchAsync();
        return server;
    }

    /// <param name="database">Which; the one that every server has where null.</param>
    /// <param name="host">Through what; the socket where null.</param>
    public string ConnectionString(string database = "postgres", string? host = null) =>
        $"Host={host ?? Directory};Database={database};Username={User};Password={Password}";

    /// <summary>Ends all its processes as a failing machine would: nothing of them runs any more, and nothing is written.</summary>
    public async Task KillAsync()
    {
        // It first stops, so that it starts no more children, and none of them notices the others' end.
        var ids = new List<int> { await ReadIdAsync() };
        await _programs.SignalAsync("STOP", ids[0]);
        await UntilAsync(() => State(ids[0]) is 'T');
        ids.AddRange(await ChildrenAsync(ids[0]));
        await _programs.SignalAsync("KILL", [.. ids]);
        await _process!.WaitForExitAsync();

        // One that is still on its way out has a hold on the data: no server would start on them.
        await UntilAsync(() => ids.TrueForAll(static id => State(id) is null or 'Z' or 'X'));
    }

    /// <summary>Starts it again after it was killed, on the same data and at the same socket.</summary>
    public async Task LaunchAsync()
    {
        // The server ends when the shell's standard input does.
        _process = _programs.Start(
            "sh", "-c",
            "exec 3<&0; log=$1; shift; \"$@\" >>$log 2>&1 3<&- & server=$!; (read -r end <&3; kill -INT $server) & watcher=$!; "
            + "wait $server; kill $watcher 2>/dev/null; exit 1",
            "sh", Log,
            _programs.Path("postgres"), "-D", Data, "-k", Directory,
            "-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=200", "-c", "shared_buffers=64MB", "-c", "max_wal_size=256MB");
        await UntilAsync(async () =>
        {
            if (await _programs.TryRunAsync(_programs.Path("pg_isready"), "--quiet", "--host", Directory))
            {
                return true;
            }

            return _process.HasExited ? throw new InvalidOperationException($"The server ended: {await File.ReadAllTextAsync(Log)}") : false;
        });
    }

    /// <summary>Makes an empty database.</summary>
    public Task CreateDatabaseAsync(string name) => ExecuteAsync($"CREATE DATABASE {name}");

    /// <summary>Runs SQL as the server's superuser.</summary>
    public Task<string> ExecuteAsync(string sql, string database = "postgres") => _programs.RunAsync(
        "env", $"PGPASSWORD={Password}", _programs.Path("psql"), "--host", Directory, "--username", User, "--dbname", database,
        "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", "--command", sql);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
        }

        _process?.Dispose();
        await _programs.RunAsync("rm", "-rf", Directory);
    }

    private string Log => Path.Combine(Directory, "log");

    private string Data => Path.Combine(Directory, "data");

    private async Task<int> ReadIdAsync()
    {
        var file = await _programs.RunAsync("head", "-n", "1", Path.Combine(Data, "postmaster.pid"));
        return int.Parse(file, CultureInfo.InvariantCulture);
    }

    private static async Task<IEnumerable<int>> ChildrenAsync(int parent)
    {
        var children = await File.ReadAllTextAsync($"/proc/{parent}/task/{parent}/children");
        return children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture));
    }

    /// <summary>The letter by which the system calls what a process is doing; null where there is none of that id.</summary>
    private static char? State(int id)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    private Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    private async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Patience; await Task.Delay(20))
        {
            if (await condition())
            {
                return;
            }
        }

        throw new TimeoutException($"The server in {Directory} was not ready, or not gone, within {Patience}.\n{await File.ReadAllTextAsync(Log)}");
    }
}
