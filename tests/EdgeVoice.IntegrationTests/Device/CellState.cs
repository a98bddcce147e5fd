using EdgeVoice.Core.Configuration;

namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Where in a conversation a fault strikes.</summary>
internal enum CellMoment
{
    BeforeConnection,
    Idle,
    Armed,
    Listening,
    Committing,
    Thinking,
    Speaking,
    Interrupted,
}

/// <summary>One state of the table: a moment, in a mode.</summary>
internal sealed record CellState(CellMoment Moment, TurnDetectionType? Detection = null)
{
    /// <summary>Every state, one column each.</summary>
    public static IReadOnlyList<CellState> All { get; } =
    [
        .. Enum.GetValues<CellMoment>().Select(moment => new CellState(moment)),
        .. from type in (TurnDetectionType[])[TurnDetectionType.ServerVad, TurnDetectionType.SemanticVad]
           from moment in (CellMoment[])[CellMoment.Armed, CellMoment.Listening, CellMoment.Thinking, CellMoment.Speaking]
           select new CellState(moment, type),
    ];

    public bool HandsFree => Detection is not null;

    public override string ToString() => Detection switch
    {
        null => Moment.ToString(),
        TurnDetectionType.ServerVad => $"{Moment} server_vad",
        _ => $"{Moment} semantic_vad",
    };
}
