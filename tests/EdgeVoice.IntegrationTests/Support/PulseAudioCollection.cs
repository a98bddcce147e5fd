namespace EdgeVoice.IntegrationTests.Support;

/// <summary>Test classes that share one private sound server.</summary>
[CollectionDefinition(PulseAudioFixture.Collection)]
public sealed class PulseAudioCollection : ICollectionFixture<PulseAudioFixture>;
