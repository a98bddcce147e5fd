using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Device;

/// <summary>The conversation in a file of the state directory, for the next start: readable by its owner alone, and always whole.</summary>
/// <remarks><see cref="Load"/> and <see cref="Save"/> belong to <see cref="MemoryWriter"/>'s loop, one after the other.</remarks>
internal sealed partial class MemoryFile(string directory, ILogger<MemoryFile> log)
{
    private const string Name = "conversation.json";
    private const int MaxBytes = 1 << 20;
    private readonly string _path = Path.Combine(directory, Name);
    private readonly ILogger _log = log;
    private bool _failed;

    /// <summary>What was saved; nothing where there is no such file, or it cannot be read, which is logged.</summary>
    public IReadOnlyList<Remembered> Load()
    {
        if (!File.Exists(_path)) return [];
        try
        {
            if (BoundedFile.Read(_path, MaxBytes, refuse: null, out var error) is not { } bytes) throw new IOException(error);
            return [.. JsonSerializer.Deserialize(bytes, MemoryJson.Default.RememberedArray) is { } things ? things.Where(IsWhole) : []];
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            LogNotRead(OneLine.Of(e.Message));
            return [];
        }
    }

    /// <summary>Replaces the file; one that cannot be written is logged once in a row.</summary>
    public void Save(IReadOnlyList<Remembered> things)
    {
        try
        {
            MakeDirectory();
            var next = _path + ".next";
            // One that was left behind may have another mode.
            File.Delete(next);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var stream = new FileStream(next, options))
            {
                JsonSerializer.Serialize(stream, [.. things], MemoryJson.Default.RememberedArray);
                stream.Flush(flushToDisk: true);
            }

            File.Move(next, _path, overwrite: true);
            _failed = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_failed) LogNotWritten(_path, OneLine.Of(e.Message));
            _failed = true;
        }
    }

    private void MakeDirectory()
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(directory);
        else Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private static bool IsWhole(Remembered? thing) =>
        thing is { Text: not null } && (thing.Kind == RememberedKind.Call ? thing.Name is not null : thing.Kind is RememberedKind.Person or RememberedKind.Device);

    [LoggerMessage(EventId = 1004, Level = LogLevel.Warning, Message = "What was said before the start is not remembered: {why}")]
    private partial void LogNotRead(string why);

    [LoggerMessage(EventId = 1006, Level = LogLevel.Warning, Message = "conversation.memory.acrossRestarts: there is no state directory, so nothing is kept; name one in service.stateDirectory")]
    internal static partial void LogNoDirectory(ILogger log);

    [LoggerMessage(EventId = 1005, Level = LogLevel.Warning, Message = "The conversation cannot be kept for the next start in {path}: {why}")]
    private partial void LogNotWritten(string path, string why);
}

/// <summary>How the file is written.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Remembered[]))]
internal sealed partial class MemoryJson : JsonSerializerContext;
