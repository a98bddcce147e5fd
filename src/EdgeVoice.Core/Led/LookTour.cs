namespace EdgeVoice.Core.Led;

/// <summary>Every look in turn, with the times that it needs to be seen.</summary>
/// <remarks>Immutable; any thread.</remarks>
public static class LookTour
{
    private const long Ms = 1_000_000;
    private const float SampleMs = 3_000;
    private const int SampleBlinks = 3;
    private static readonly LedScene Ready = new() { Link = LinkLook.Connected };

    /// <summary>All of them, in the order of a device's day.</summary>
    public static IReadOnlyList<LookSample> All { get; } =
    [
        Still("booting", "booting, no network yet: solid warm white", new() { Link = LinkLook.Booting }),
        Moving("connecting", "connecting: twinkle", 5_400, new() { Link = LinkLook.Connecting }),
        Moving("no-connection", "no connection: red twinkle, sparse", 9_000, new() { Link = LinkLook.NoConnection }),
        Still("idle", "idle: off, or one pixel's glow if set", Ready),
        Still("button-held", "button held: the whole ring, at once", Ready with { ButtonHeld = true }),
        Moving("woken", "woken, waiting for speech: two comets, slow, clockwise", 1_200, Ready with { Turn = TurnLook.Woken }),
        new("listening", "listening: two comets, fast, clockwise, brighter when it is louder", 2_400,
            (began, now) => Ready with { Turn = TurnLook.Listening, Level = Level(now - began) }),
        new("listening-not-connected", "listening while not connected: the same in amber", 2_400,
            (began, now) => new() { Link = LinkLook.NoConnection, Turn = TurnLook.Listening, Level = Level(now - began) }),
        Moving("thinking", "thinking: the comets stand still, their heads pulse", 200, Ready with { Turn = TurnLook.Thinking }),
        Moving("speaking", "speaking: two comets, fast, anticlockwise", 600, Ready with { Turn = TurnLook.Speaking }),
        new("interrupted", "interrupted while speaking: one short blink, then listening", 2_120, (began, now) => now - began < 1_000 * Ms
            ? Ready with { Turn = TurnLook.Speaking }
            : Ready with { Turn = TurnLook.Listening, Level = 1, InterruptedSinceNs = began + 1_000 * Ms }),
        new("error", $"error: red, a fast pulse, then a count that names the cause (here {SampleBlinks})", 4_000,
            (began, _) => Ready with { ErrorSinceNs = began, ErrorBlinks = SampleBlinks }),
        new("muted", "muted: two opposite red pixels over whatever else shows; they flash at a press", 3_000,
            (began, now) => Ready with { Muted = true, MutedPressNs = now - began < 1_000 * Ms ? null : began + 1_000 * Ms }),
        new("volume", "volume: an arc fills from the bottom", 4_000,
            (began, now) => Ready with { VolumeFraction = Part(now - began), VolumeChangedNs = Math.Min(now, began + (long)SampleMs * Ms) }),
        new("timer-running", "timer running: an arc of what is left", 3_000, (began, now) => Ready with { TimerFraction = 1 - Part(now - began) }),
        Moving("timer-ringing", "timer ringing: the whole ring pulses", 1_000, Ready with { TimerRinging = true }),
        new("reset", "factory reset coming: red fills; letting go cancels", 3_500, (began, now) => Ready with { ResetFraction = Part(now - began) }),
        new("stopping", "stopping: what showed fades out", 2_000, (began, now) => Ready with
        {
            Turn = TurnLook.Speaking,
            StoppingSinceNs = now - began < 1_000 * Ms ? null : began + 1_000 * Ms,
        }),
    ];

    private static LookSample Still(string name, string words, LedScene scene) => new(name, words, 1_000, (_, _) => scene);

    private static LookSample Moving(string name, string words, int loopMs, LedScene scene) => new(name, words, loopMs, (_, _) => scene);

    private static float Part(long sinceNs) => Math.Min(1, sinceNs / (SampleMs * Ms));

    // As loud as speech is: up and down twice in a loop.
    private static float Level(long sinceNs) => 0.5f - 0.5f * MathF.Cos(sinceNs / (1_200f * Ms) * MathF.Tau);
}
