using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Tests.Changes;

public sealed class RunChangesTests
{
    private readonly RunChanges _changes = new(log: 7, kept: 3);
    private readonly FeedPosition _start = new(7, 0);

    [Fact]
    public void A_run_that_changed_often_is_told_once_as_it_is_now()
    {
        var (one, two) = (Enter(1), Enter(2));
        one.Change();
        two.Change();
        one.Change();

        var page = _changes.Read("t", _start);

        Assert.Equal([two.Id, one.Id], page.Changes.Select(static change => change.Run));
        Assert.Equal([1L, 2L], page.Changes.Select(static change => change.Summary!.Seq!.Value));
        Assert.False(page.TooOld);
        Assert.Equal(_changes.Head, page.Position);
        Assert.Empty(_changes.Read("t", page.Position).Changes);
    }

    [Fact]
    public void From_a_place_on_only_what_came_after_it()
    {
        var (one, two) = (Enter(1), Enter(2));
        var place = _changes.Head;
        two.Change();

        Assert.Equal(two.Id, Assert.Single(_changes.Read("t", place).Changes).Run);
        Assert.Empty(_changes.Read("t", _changes.Head).Changes);
        Assert.NotEqual(one.Id, two.Id);
    }

    [Fact]
    public void Progress_waits_where_only_more_than_that_is_asked_for()
    {
        var (one, two) = (Enter(1), Enter(2));
        var place = _changes.Head;
        one.Change(moved: false);
        two.Change(moved: true);
        two.Change(moved: false);

        var moved = _changes.Read("t", place, movedAfter: place.Number);
        var none = _changes.Read("t", place, movedAfter: moved.Position.Number);
        var all = _changes.Read("t", place);

        Assert.Equal([two.Id], moved.Changes.Select(static change => change.Run));
        Assert.Empty(none.Changes);
        Assert.Equal([one.Id, two.Id], all.Changes.Select(static change => change.Run));
    }

    [Fact]
    public void Another_tenants_runs_are_not_told()
    {
        Enter(1, "other");
        var mine = Enter(2);

        Assert.Equal(mine.Id, Assert.Single(_changes.Read("t", _start).Changes).Run);
        Assert.Empty(_changes.Read("", _start).Changes);
    }

    [Fact]
    public void Who_comes_back_in_time_has_missed_nothing_and_later_is_told_so()
    {
        var runs = Enumerable.Range(1, 6).Select(i => Enter(i)).ToList();
        var places = new List<FeedPosition>();
        foreach (var run in runs.Take(5))
        {
            run.Change();
            places.Add(_changes.Head);
            run.Leave();
        }

        // Three that have ended are kept; the first two are forgotten, the one that is active never is.
        Assert.True(_changes.Read("t", _start).TooOld);
        Assert.True(_changes.Read("t", places[0]).TooOld);
        var page = _changes.Read("t", places[1]);
        Assert.False(page.TooOld);
        Assert.Equal([runs[2].Id, runs[3].Id, runs[4].Id], page.Changes.Select(static change => change.Run));
        Assert.Equal(
            [runs[5].Id, runs[2].Id, runs[3].Id, runs[4].Id], _changes.Read("t", _start).Changes.Select(static change => change.Run));
    }

    [Fact]
    public void A_place_of_another_log_is_none_here()
    {
        Enter(1);
        var page = _changes.Read("t", new FeedPosition(8, 1));

        Assert.True(page.TooOld);
        Assert.Empty(page.Changes);
        Assert.True(_changes.Read("t", new FeedPosition(7, 99)).TooOld);
        Assert.Single(_changes.Read("t", _start).Changes);
    }

    [Fact]
    public void A_run_that_was_let_go_is_told_as_it_was_last()
    {
        var run = Enter(1);
        run.Change();
        run.Leave();
        run.Seq = 99;

        Assert.Equal(1, Assert.Single(_changes.Read("t", _start).Changes).Summary!.Seq);
    }

    [Fact]
    public void A_deleted_run_is_told_as_gone_whether_or_not_it_was_known()
    {
        var run = Enter(1);
        run.Leave();
        var unknown = Id(9);
        _changes.Deleted(run.Id, "t");
        _changes.Deleted(unknown, "t");

        Assert.Equal([(run.Id, (RunSummary?)null), (unknown, null)], _changes.Read("t", _start).Changes.Select(static change => (change.Run, change.Summary)));
    }

    [Fact]
    public void A_run_that_falls_silent_is_told_once()
    {
        var run = Enter(1);
        _changes.Refresh();
        var place = _changes.Head;
        run.Now = RunPhase.Stalled;
        _changes.Refresh();
        var moved = _changes.Read("t", place, place.Number);
        _changes.Refresh();

        Assert.Equal(RunPhase.Stalled, Assert.Single(moved.Changes).Summary!.Phase);
        Assert.Equal(moved.Position, _changes.Head);
    }

    [Fact]
    public void A_place_is_read_as_it_was_written()
    {
        var position = new FeedPosition(long.MaxValue, 3);

        Assert.True(FeedPosition.TryParse(position.ToString(), out var read));
        Assert.Equal(position, read);
        Assert.All(["", "x", "AAAA", position + "A", position.ToString()[1..], "=", null], static text => Assert.False(FeedPosition.TryParse(text, out _)));
    }

    [Fact]
    public void What_another_host_tells_has_its_place_and_is_not_passed_on_as_our_own()
    {
        var mine = Enter(1);
        _changes.Told(Told(2, seq: 3));
        _changes.Told(Told(2, seq: 4));
        _changes.Told(Told(2, seq: 2));
        _changes.Told(Told(3, seq: 1, tenant: "other"));

        Assert.Equal([(mine.Id, 0L), (Id(2), 4L)], _changes.Read("t", _start).Changes.Select(static change => (change.Run, change.Summary!.Seq!.Value)));
        Assert.Equal([mine.Id], _changes.ReadOwn(_start, null).Changes.Select(static change => change.Run));
    }

    [Fact]
    public void Another_host_is_told_so_much_at_a_time_the_oldest_first()
    {
        var runs = Enumerable.Range(1, 5).Select(i => Enter(i)).ToList();
        var first = _changes.ReadOwn(_start, null, most: 2);
        runs[2].Change();
        var second = _changes.ReadOwn(first.Position, null, most: 2);
        var last = _changes.ReadOwn(second.Position, null, most: 2);

        Assert.Equal([runs[0].Id, runs[1].Id], first.Changes.Select(static change => change.Run));
        Assert.Equal([runs[3].Id, runs[4].Id], second.Changes.Select(static change => change.Run));
        Assert.Equal([runs[2].Id], last.Changes.Select(static change => change.Run));
        Assert.Equal([true, true, false], new[] { first, second, last }.Select(static page => page.IsCut));
        Assert.Equal(_changes.Head, last.Position);
    }

    [Fact]
    public void Moves_are_cut_by_when_they_were_whatever_progress_came_after()
    {
        var runs = Enumerable.Range(1, 3).Select(i => Enter(i)).ToList();
        var place = _changes.Head;
        foreach (var run in runs)
        {
            run.Change(moved: true);
        }

        runs[0].Change(moved: false);
        var first = _changes.ReadOwn(place, place.Number, most: 2);
        var second = _changes.ReadOwn(place, first.Position.Number, most: 2);

        Assert.Equal([runs[0].Id, runs[1].Id], first.Changes.Select(static change => change.Run));
        Assert.Equal([runs[2].Id], second.Changes.Select(static change => change.Run));
        Assert.Equal(_changes.Head, second.Position);
    }

    [Fact]
    public void Who_is_too_late_is_told_where_it_goes_on_at_once()
    {
        var runs = Enumerable.Range(1, 6).Select(i => Enter(i)).ToList();
        foreach (var run in runs.Take(5))
        {
            run.Leave();
        }

        var page = _changes.ReadOwn(_start, null, most: 2);
        Assert.True(page.TooOld);
        Assert.Equal(_changes.Head, page.Position);
    }

    [Fact]
    public void Of_the_runs_that_others_work_on_the_latest_are_kept()
    {
        var changes = new RunChanges(log: 7, kept: 3, keptElsewhere: 16);
        for (var i = 1; i <= 18; i++)
        {
            changes.Told(Told(i, seq: 1));
        }

        Assert.Equal(18, changes.Read("t", _start).Changes.Count);
        changes.Told(Told(1, seq: 2));
        changes.Told(Told(19, seq: 1));

        var page = changes.Read("t", _start);
        Assert.True(page.TooOld);
        Assert.Equal([.. Enumerable.Range(5, 14).Select(Id), Id(1), Id(19)], page.Changes.Select(static change => change.Run));
        Assert.False(changes.Read("t", new FeedPosition(7, 4)).TooOld);
        Assert.True(changes.Read("t", new FeedPosition(7, 3)).TooOld);
    }

    [Fact]
    public void A_run_that_comes_here_is_our_own_from_then_on_and_one_that_goes_is_not()
    {
        _changes.Told(Told(1, seq: 9));
        var run = Enter(1);
        _changes.Told(Told(1, seq: 99));
        Assert.Equal(0, Assert.Single(_changes.Read("t", _start).Changes).Summary!.Seq);
        Assert.Single(_changes.ReadOwn(_start, null).Changes);

        run.Leave();
        _changes.Told(Told(1, seq: 100, RunStatus.Completed));
        _changes.Told(Told(1, seq: 100));
        Assert.Equal(RunStatus.Completed, Assert.Single(_changes.Read("t", _start).Changes).Summary!.Status);
        Assert.Empty(_changes.ReadOwn(_start, null).Changes);
    }

    [Fact]
    public void Runs_of_others_are_forgotten_once_they_have_ended_and_are_many()
    {
        for (var i = 1; i <= 5; i++)
        {
            _changes.Told(Told(i, seq: 1));
        }

        Assert.False(_changes.Read("t", _start).TooOld);
        for (var i = 1; i <= 4; i++)
        {
            _changes.Told(Told(i, seq: 2, RunStatus.Failed));
        }

        Assert.True(_changes.Read("t", _start).TooOld);
        Assert.Equal([Id(5), Id(2), Id(3), Id(4)], _changes.Read("t", _start).Changes.Select(static change => change.Run));
        _changes.Told(new RunChange(Id(5), null, "t", true));
        Assert.Null(_changes.Read("t", _start).Changes[^1].Summary);
    }

    [Fact]
    public void Who_may_have_missed_something_of_others_is_told_so_once()
    {
        _changes.Told(Told(1, seq: 1));
        var place = _changes.Head;
        _changes.Missed();

        Assert.True(_changes.Read("t", place).TooOld);
        Assert.False(_changes.Read("t", _changes.Head).TooOld);
        Assert.Empty(_changes.Read("t", _start).Changes);
    }

    private static RunChange Told(int number, long seq, RunStatus status = RunStatus.Running, string tenant = "t") => new(
        Id(number),
        new RunSummary { Id = Id(number), Tenant = tenant, Status = status, Model = "m", Task = "t", CreatedAt = 1, Seq = seq },
        tenant, Moved: true);

    private static RunId Id(int number) => RunId.Create(DateTimeOffset.UnixEpoch.AddSeconds(number), new Random(number));

    private Scripted Enter(int number, string tenant = "t") => new(_changes, Id(number), tenant);

    private sealed class Scripted : IChangingRun
    {
        private readonly RunChanges _changes;
        private readonly ChangeSlot _slot;

        public Scripted(RunChanges changes, RunId id, string tenant)
        {
            _changes = changes;
            Id = id;
            _slot = changes.Enter(id, tenant, this);
        }

        public RunId Id { get; }

        public long Seq { get; set; }

        public RunPhase Now { get; set; } = RunPhase.Streaming;

        public void Change(bool moved = true)
        {
            Seq++;
            _changes.Changed(_slot, moved);
        }

        public void Leave() => _changes.Leave(_slot, Summarize());

        public RunPhase Phase() => Now;

        public RunSummary Summarize() =>
            new() { Id = Id, Tenant = _slot?.Tenant ?? "", Status = RunStatus.Running, Model = "m", Task = "t", CreatedAt = 1, Seq = Seq, Phase = Now };
    }
}
