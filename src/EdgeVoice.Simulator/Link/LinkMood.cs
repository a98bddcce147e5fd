namespace EdgeVoice.Simulator.Link;

/// <summary>What one connection shares with the link it runs over.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class LinkMood(LinkProxy link)
{
    private volatile bool _lost;

    /// <summary>Whether every byte vanishes, for good.</summary>
    internal bool Lost => _lost;

    internal LinkShape Shape => link.Shape;

    /// <summary>Completed while bytes may pass.</summary>
    internal Task Flows => link.Flows;

    internal void Lose() => _lost = true;
}
