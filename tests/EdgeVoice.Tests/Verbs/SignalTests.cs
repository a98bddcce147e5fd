namespace EdgeVoice.Tests.Verbs;

/// <summary>A signal during the start must find the verb's task; else the program is ended where it stands.</summary>
public sealed class SignalTests
{
    [Theory]
    [InlineData("demo", "--speech", "no-such.wav")]
    [InlineData("simulator", "--script", "no-such.json")]
    public async Task Verb_OnItsStart_ReturnsItsTaskBeforeAnyWork(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var root = Program.Compose(output, error);
        var before = SynchronizationContext.Current;
        var queue = new Queueing();
        SynchronizationContext.SetSynchronizationContext(queue);
        Task<int> running;
        string written;
        try
        {
            running = Program.InvokeAsync(args, root, output, error);
            written = error.ToString();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        Assert.Empty(written);
        Assert.False(running.IsCompleted);
        queue.RunAll();
        Assert.Equal(2, await running.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.NotEmpty(error.ToString());
    }

    private sealed class Queueing : SynchronizationContext
    {
        private readonly Queue<Action> _posted = [];

        public override void Post(SendOrPostCallback d, object? state) => _posted.Enqueue(() => d(state));

        public void RunAll()
        {
            while (_posted.TryDequeue(out var next)) next();
        }
    }
}
