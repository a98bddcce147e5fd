using EdgeVoice.Iot.Sound;

namespace EdgeVoice.IotTests.Sound;

public sealed class PlayQueueTests
{
    [Fact]
    public void Take_AfterADrop_GivesOnlyWhatCameAfterIt()
    {
        var queue = new PlayQueue(2, 10);
        Assert.Equal(4, queue.Write(Frames(4, 1)));
        Assert.Equal(2, queue.Take(new short[2]));
        Assert.Equal(1, queue.Drop());
        Assert.Equal((1, 1, 0, 10), (queue.Written, queue.Given, queue.Waiting, queue.Room));
        Assert.Equal(1, queue.Epoch);
        queue.Write(Frames(2, 2));
        var taken = new short[8];
        Assert.Equal(4, queue.Take(taken));
        Assert.Equal([2, 2, 2, 2, 0, 0, 0, 0], taken);
        Assert.Equal((3, 3), (queue.Written, queue.Given));
    }

    [Fact]
    public void Write_MoreThanTheRoom_TakesWhatFits()
    {
        var queue = new PlayQueue(1, 10);
        Assert.Equal(10, queue.Write(Frames(6, 1)));
        Assert.Equal((0, 0), (queue.Room, queue.Write(Frames(1, 1))));
        Assert.Equal(3, queue.Take(new short[3]));
        Assert.Equal(3, queue.Room);
    }

    [Fact]
    public void Take_DropBetweenLookingAndTaking_GivesNothingOfWhatWasDropped()
    {
        PlayQueue? queue = null;
        long? end = null;
        queue = new PlayQueue(1, 10)
        {
            Looked = () =>
            {
                if (end is not null) return;
                end = queue!.Drop();
                queue.Write(Frames(1, 2));
            },
        };
        queue.Write(Frames(2, 1));
        var taken = new short[3];
        Assert.Equal(2, queue.Take(taken));
        Assert.Equal([2, 2], taken[..2]);
        Assert.Equal((0, 2, 2), (end, queue.Given, queue.Written));
    }

    [Fact]
    public async Task Drop_WhileTheOtherThreadTakes_AlwaysKnowsExactlyWhatWasTaken()
    {
        const int rounds = 20_000;
        var queue = new PlayQueue(1, 64);
        var taken = new long[rounds + 2];
        using var stop = new CancellationTokenSource();
        var consumer = Task.Run(() =>
        {
            var samples = new short[7];
            while (!stop.IsCancellationRequested || queue.Waiting > 0)
            {
                var count = queue.Take(samples);
                // Each round writes its own number.
                for (var i = 0; i < count; i++) taken[samples[i] & 0x7fff]++;
            }
        });
        var given = new long[rounds + 2];
        long end = 0;
        for (var round = 1; round <= rounds; round++)
        {
            queue.Write(Frames(20, (short)round));
            given[round] = queue.Drop() - end;
            end += given[round];
        }

        await stop.CancelAsync();
        await consumer;
        Assert.Equal(given, taken);
    }

    private static float[] Frames(int samples, short value) => [.. Enumerable.Repeat(value / 32768f, samples * 2)];
}
