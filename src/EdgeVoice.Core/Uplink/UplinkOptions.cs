using EdgeVoice.Core.Audio;

namespace EdgeVoice.Core.Uplink;

/// <summary>What the uplink needs to know.</summary>
/// <param name="Rate">Samples a second of the session's input: 24,000, 16,000 or 8,000.</param>
/// <param name="Coding">How samples go over the wire.</param>
/// <param name="ChunkMs">Audio in one append, 20 to 100 ms; default 40.</param>
/// <param name="SilenceMs">Silence after speech that is told, in ms; default 1,200.</param>
/// <param name="AnswerEveryTurn">Ask for an answer to every turn kept while offline, not only to the last; default false.</param>
public sealed record UplinkOptions(
    int Rate, AudioCoding Coding = AudioCoding.Pcm16, int ChunkMs = 40, int SilenceMs = 1200, bool AnswerEveryTurn = false)
{
    /// <summary>Audio from before the press that belongs to the turn.</summary>
    public const int PreRollMs = 300;

    /// <summary>Audio from after the release that belongs to the turn.</summary>
    public const int TailMs = 300;

    /// <summary>History kept in memory while nothing is sent: a wake word would use all of it.</summary>
    public const int HistoryMs = 2_000;

    /// <summary>Audio of unsettled turns kept at most.</summary>
    public const int KeptMs = 120_000;

    /// <summary>Typed turns kept at most.</summary>
    public const int KeptTexts = 32;

    /// <summary>Hands-free audio kept at most behind the last settled turn.</summary>
    public const int KeptStreamMs = 30_000;

    /// <summary>The server takes no less (protocol: commit under 100 ms is an error).</summary>
    public const int ShortestCommitMs = 100;

    /// <summary>Hands-free audio is replayed at most this many times faster than it was spoken.</summary>
    public const int ReplaySpeed = 4;

    /// <summary>Milliseconds as samples.</summary>
    public int Samples(int ms) => (int)((long)ms * Rate / 1000);
}
