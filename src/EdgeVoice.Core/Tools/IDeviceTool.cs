using System.Text.Json;

namespace EdgeVoice.Core.Tools;

/// <summary>Something that the model may have this device do.</summary>
/// <remarks>
/// <see cref="RunAsync"/> is called on a thread of the pool, several calls at once unless <see cref="IsSerial"/>. What it answers is text for
/// the model, usually JSON; <see cref="ToolText.Error"/> where the arguments are not what they should be.
/// </remarks>
public interface IDeviceTool
{
    /// <summary>Time limit where a tool names none, 10 s.</summary>
    static readonly TimeSpan UsualTimeLimit = TimeSpan.FromSeconds(10);

    /// <summary>Name, 1 to 64 letters, digits, _ and -; unique on a device.</summary>
    string Name { get; }

    /// <summary>When and how to call it, for the model; 1,024 characters at most.</summary>
    string Description { get; }

    /// <summary>JSON Schema of its arguments, an object.</summary>
    JsonElement Parameters { get; }

    /// <summary>It is cancelled after this time, and left behind if it does not listen; default 10 s.</summary>
    TimeSpan TimeLimit => UsualTimeLimit;

    /// <summary>True: calls of serial tools run one after the other in their order. False (default): beside anything.</summary>
    bool IsSerial => false;

    /// <summary>Carries a call out and returns the text for the model, 16 KiB at most.</summary>
    /// <param name="arguments">An object, whatever is in it.</param>
    /// <param name="stop">The time limit is over: nobody waits any more.</param>
    Task<string> RunAsync(JsonElement arguments, CancellationToken stop);
}
