using System.Globalization;
using EdgeVoice.Core.Audio;
using EdgeVoice.Tests.Realtime.Protocol;

namespace EdgeVoice.Benchmarks;

/// <summary>Sends mutated real events through reader, connection, downlink and conversation; exits 1 when one of them throws.</summary>
internal static class FuzzCommand
{
    // One turn of each setting after the other, so that no state grows old and a failing message is found again soon.
    private const int Round = 5_000;

    private static readonly (bool HandsFree, AudioCoding Coding)[] Settings =
        [(false, AudioCoding.Pcm16), (true, AudioCoding.Pcm16), (false, AudioCoding.MuLaw), (true, AudioCoding.ALaw)];

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        if (!CommandNumbers.TryRead(args, output, out var options, ("count", 1_000_000), ("seed", 1))) return 2;
        var (count, seed, time) = (options["count"], options["seed"], TimeProvider.System);
        var since = time.GetTimestamp();
        long events = 0, deltas = 0, malformed = 0, unknown = 0, badBase64 = 0, sent = 0;
        for (var round = 0; sent < count; round++)
        {
            var messages = (int)Math.Min(Round, count - sent);
            var (handsFree, coding) = Settings[round % Settings.Length];
            var fuzz = new WireFuzz((int)(seed + round), handsFree, coding);
            if (fuzz.Run(messages) is { } thrown)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"FAILED: seed {seed + round}, {(handsFree ? "hands-free" : "push-to-talk")}, {coding}: {thrown}"));
                return 1;
            }

            sent += messages;
            events += fuzz.Counters.Events;
            deltas += fuzz.Counters.AudioDeltas;
            malformed += fuzz.Counters.Malformed;
            unknown += fuzz.Counters.UnknownEvents;
            badBase64 += fuzz.BadBase64;
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"passed: {sent} mutated messages (and whole ones between), seed {seed}: read {events + deltas}, malformed {malformed}, unknown {unknown}, "
            + $"ok {events - malformed - unknown + deltas} of which {deltas} audio ({badBase64} with broken base64), nothing thrown, {time.GetElapsedTime(since).TotalSeconds:0} s"));
        return 0;
    }
}
