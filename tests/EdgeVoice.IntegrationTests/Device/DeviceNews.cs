using EdgeVoice.Core.Conversation;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Lets a test wait for what the device does. What a test asserts comes from the file and the server instead.</summary>
/// <remarks>Written on the conversation's loop, read by the test; one lock.</remarks>
internal sealed class DeviceNews : IConversationObserver
{
    /// <summary>Far longer than anything takes: only what hangs meets it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<ConversationNews> _all = [];
    private DeviceState _state = new();
    private TaskCompletionSource _changed = NewSignal();

    public DeviceState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>All news of one kind, oldest first.</summary>
    public IReadOnlyList<T> Of<T>() where T : ConversationNews
    {
        lock (_gate) return [.. _all.OfType<T>()];
    }

    /// <summary>Number of items heard to their end.</summary>
    public int ItemsHeard => Of<ConversationNews.ItemHeard>().Count;

    /// <summary>Sentences for people.</summary>
    public IReadOnlyList<string> Told => [.. Of<ConversationNews.Told>().Select(t => t.Text)];

    /// <summary>Samples of an item heard so far, in milliseconds.</summary>
    public double HeardMs(int item)
    {
        var marks = Of<ConversationNews.Sounded>().Select(s => s.Mark).Where(m => m.Item is not null).ToList();
        var audio = marks.Select(m => m.Item).Distinct().ElementAtOrDefault(item);
        return audio is null ? 0 : marks.Where(m => m.Item == audio).Max(m => m.ItemSample) * 1000.0 / audio.Rate;
    }

    public void OnNews(ConversationNews news)
    {
        TaskCompletionSource signal;
        lock (_gate)
        {
            _all.Add(news);
            if (news is ConversationNews.StateChanged changed) _state = changed.State;
            (signal, _changed) = (_changed, NewSignal());
        }

        signal.TrySetResult();
    }

    /// <summary>Waits until the condition, asked after each news, holds.</summary>
    public async Task UntilAsync(Func<bool> condition, string what)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            Task changed;
            lock (_gate) changed = _changed.Task;
            if (condition()) return;
            try
            {
                await changed.WaitAsync(deadline.Token);
            }
            catch (OperationCanceledException)
            {
                Assert.Fail($"waited in vain for: {what}; {State}; told: {string.Join(" | ", Told)}; {Story()}");
            }
        }
    }

    // What an end that nobody understands is understood by.
    private string Story()
    {
        lock (_gate)
        {
            var states = _all.OfType<ConversationNews.StateChanged>().Select(news => $"{news.State.Link}/{news.State.Turn}");
            var heard = _all.OfType<ConversationNews.ItemHeard>().Select(news => $"heard {news.ItemId}");
            var cut = _all.OfType<ConversationNews.ItemCut>().Select(news => $"cut {news.ItemId} after {news.PlayedMs:0} ms");
            var cues = _all.OfType<ConversationNews.Cued>().Select(news => $"{news.Cue.Sound}");
            return string.Join(", ", states.Concat(heard).Concat(cut).Concat(cues));
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
