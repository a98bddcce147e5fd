namespace EdgeVoice.Rig.Harness;

/// <summary>What a scenario expected did not happen; the message is one line for people.</summary>
internal sealed class ScenarioFailedException(string message) : Exception(message);
