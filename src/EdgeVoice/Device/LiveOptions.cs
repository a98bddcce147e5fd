using EdgeVoice.Core.Configuration;

namespace EdgeVoice.Device;

/// <summary>The options in force. Whoever asks each time, instead of keeping what it was told once, follows a change of the file.</summary>
/// <remarks>Any thread may ask; one changes them.</remarks>
internal sealed class LiveOptions(EdgeVoiceOptions options)
{
    private volatile EdgeVoiceOptions _now = options;

    /// <summary>The options now; never half of one set and half of another.</summary>
    public EdgeVoiceOptions Now
    {
        get => _now;
        set => _now = value;
    }
}
