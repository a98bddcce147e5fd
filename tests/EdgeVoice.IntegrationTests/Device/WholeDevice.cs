namespace EdgeVoice.IntegrationTests.Device;

/// <summary>Whole devices live in real time: they run one after another and beside no other test.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeDevice
{
    public const string Name = "whole device";
}
