using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Benchmarks;

/// <summary>The whole way from the captured queue to the socket, faster than real time.</summary>
internal sealed class UplinkPart : IUplinkListener
{
    private const int BlockSamples = 240;
    private const int BlocksAnAppend = 4;
    private const int AppendsAtOnce = 100;
    private readonly BlockRing _captured = new(1 << 19);
    private readonly short[] _block = new short[BlockSamples];
    private Task _running = Task.CompletedTask;
    private long _frame;
    private long _sent;

    /// <summary>Says what an append cost, for so many rounds after one that settles.</summary>
    public static async Task RunAsync(int port, int rounds)
    {
        await using var client = new OurClient();
        await client.ConnectAsync(port, "flood.4.0");
        var part = new UplinkPart();
        using var uplink = new AudioUplink(part._captured, new UplinkOptions(24_000), part, TimeProvider.System);
        using var stop = new CancellationTokenSource();
        part._running = uplink.RunAsync(stop.Token);
        uplink.Attach(utf8 =>
        {
            Interlocked.Increment(ref part._sent);
            return client.Connection.SendAsync(utf8);
        });
        uplink.Open(1, TimeProvider.System.GetTimestamp(), stream: false);
        // Sound from before the opening would be kept only as far as the pre-roll goes.
        await Task.Delay(TimeSpan.FromMilliseconds(100));
        await part.FeedAsync(FloodPart.Messages);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        for (var i = 0; i < rounds; i++) await FloodPart.MeasureAsync(FloodPart.Messages, part.FeedAsync);
        await stop.CancelAsync();
        await part._running;
    }

    void IUplinkListener.SpeechHeard(int turn)
    {
    }

    void IUplinkListener.SilenceHeard(int turn)
    {
    }

    void IUplinkListener.FirstAppend(int turn, long timeNs)
    {
    }

    void IUplinkListener.TurnEnded(int turn, TurnOutcome outcome)
    {
    }

    void IUplinkListener.AudioLost(int turn, long samples) => throw new InvalidOperationException($"{samples} samples were lost");

    // Four seconds of sound at a time, then until they have been sent: the loop wakes at its own ticks.
    private async Task FeedAsync(int appends)
    {
        // A delay for each look would be counted as the uplink's bytes.
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        for (var left = appends; left > 0; left -= AppendsAtOnce)
        {
            var until = Interlocked.Read(ref _sent) + AppendsAtOnce;
            for (var i = 0; i < AppendsAtOnce * BlocksAnAppend; i++)
            {
                _captured.TryWrite(_frame, TimeProvider.System.GetTimestamp(), _block);
                _frame += BlockSamples;
            }

            while (Interlocked.Read(ref _sent) < until)
            {
                if (_running.IsCompleted) await _running;
                await look.WaitForNextTickAsync();
            }
        }
    }
}
