using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Demo;

/// <summary>What <c>edgevoice demo</c> was asked for.</summary>
/// <param name="Mode">Push to talk or hands-free.</param>
/// <param name="Speech">WAV file that is the person's speech in every turn; null: the clips shipped with the program.</param>
/// <param name="Output">WAV file for what the loudspeaker plays; null: none is kept.</param>
/// <param name="Report">JSON file for the report; null: none.</param>
/// <param name="Turns">Number of turns.</param>
/// <param name="Url">Another Realtime server; null: the stand-in server in this process.</param>
internal sealed record DemoOptions(ConversationMode Mode, string? Speech, string? Output, string? Report, int Turns, Uri? Url)
{
    /// <summary>A question, an answer, a long answer and a barge-in half-way through it.</summary>
    public const int DefaultTurns = 3;
}
