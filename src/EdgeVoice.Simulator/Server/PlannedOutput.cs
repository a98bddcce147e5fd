namespace EdgeVoice.Simulator.Server;

/// <summary>An output item ready to be streamed.</summary>
internal abstract record PlannedOutput;

/// <summary>Sound at the output rate, with its transcript.</summary>
internal sealed record SpokenOutput(short[] Pcm, string Transcript) : PlannedOutput;

/// <summary>Text.</summary>
internal sealed record WrittenOutput(string Text) : PlannedOutput;

/// <summary>A function call.</summary>
internal sealed record CallOutput(string Name, string Arguments) : PlannedOutput;

/// <summary>The response fails here.</summary>
internal sealed record FailedOutput(string Code, string Message) : PlannedOutput;
