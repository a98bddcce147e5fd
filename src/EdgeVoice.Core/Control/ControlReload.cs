namespace EdgeVoice.Core.Control;

/// <summary>What came of reading the configuration again.</summary>
/// <param name="IsInForce">True where what the file says is in force now, or was before.</param>
/// <param name="Text">One line for people.</param>
public sealed record ControlReload(bool IsInForce, string Text);
