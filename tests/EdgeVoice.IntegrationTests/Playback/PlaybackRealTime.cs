namespace EdgeVoice.IntegrationTests.Playback;

/// <summary>Tests that need the processor for themselves: they run one after another and beside no other.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PlaybackRealTime
{
    public const string Name = "playback in real time";
}
