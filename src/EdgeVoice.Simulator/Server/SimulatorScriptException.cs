namespace EdgeVoice.Simulator.Server;

/// <summary>A script that cannot be used; the message is one line for people: file, line, path, what is wrong, what is allowed.</summary>
public sealed class SimulatorScriptException(string message, Exception? inner = null) : Exception(message, inner);
