using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Button;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Led;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Sounds;
using EdgeVoice.Core.Uplink;
using EdgeVoice.Linux.Gpio;
using EdgeVoice.Linux.Input;

namespace EdgeVoice.Device;

/// <summary>
/// Compiles what a turn with nobody in it does not reach: the few lines between the stages, branches that depend on what is said.
/// </summary>
internal static class PathMethods
{
    // Whole namespaces, not a list of types: a list is right until the next type is added.
    private static readonly Type[] Stages =
    [
        typeof(GestureRecognizer), typeof(CaptureControl), typeof(TurnMachine), typeof(AudioDownlink), typeof(LedAnimation),
        typeof(PlaybackControl), typeof(AudioUplink), typeof(GpioButtonPin), typeof(EvdevButtonPin),
    ];

    private static readonly Type[] Others =
    [
        typeof(Composition), typeof(SoundBank), typeof(Troubles), typeof(RealtimeConnection), typeof(LatencyFigure), typeof(AudioItem),
        typeof(CaptureMeter), typeof(SpscRingBuffer<short>),
    ];

    // Of the wiring, what has run by now, or runs once a connection.
    private static readonly Type[] Left =
    [
        typeof(PathMethods), typeof(WarmUp), typeof(WarmUpDummy), typeof(WarmUpMessages), typeof(SessionSettings), typeof(VoiceDevice),
    ];

    /// <summary>Compiles all methods of the stages that are not compiled yet. Any thread.</summary>
    public static void Prepare()
    {
        var spaces = Stages.Select(t => t.Namespace).ToHashSet(StringComparer.Ordinal);
        var assemblies = Stages.Select(t => t.Assembly).Distinct();
        foreach (var type in assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.IsNested && spaces.Contains(t.Namespace))) MethodCompiler.Prepare(type);
        foreach (var type in Others) MethodCompiler.Prepare(type);
        foreach (var type in typeof(PathMethods).Assembly.GetTypes().Where(t => !t.IsNested && t.Namespace == typeof(PathMethods).Namespace))
            if (!Left.Contains(type)) MethodCompiler.Prepare(type);
    }
}
