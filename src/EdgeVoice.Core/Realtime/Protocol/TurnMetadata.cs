namespace EdgeVoice.Core.Realtime.Protocol;

/// <summary>Our mark on an order to answer: servers echo a response's metadata, so late answers can be told apart.</summary>
public static class TurnMetadata
{
    /// <summary>Metadata key that carries the turn's number.</summary>
    public const string Key = "edgevoice_turn";
}
