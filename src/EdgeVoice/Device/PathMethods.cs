using System.Reflection;
using System.Runtime.CompilerServices;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Button;
using EdgeVoice.Core.Capture;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Downlink;
using EdgeVoice.Core.Led;
using EdgeVoice.Core.Playback;
using EdgeVoice.Core.Realtime;
using EdgeVoice.Core.Uplink;

namespace EdgeVoice.Device;

/// <summary>
/// Compiles what a turn with nobody in it does not reach: the few lines between the stages, branches that depend on what is said.
/// </summary>
internal static class PathMethods
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types =
    [
        typeof(ButtonLoop), typeof(Composition), typeof(UplinkAdapter), typeof(SoundAdapter), typeof(SessionAdapter),
        typeof(MicrophoneAdapter), typeof(StageListener), typeof(CaptureAttention), typeof(LightsObserver), typeof(SoundFigures),
        typeof(AudioUplink), typeof(AudioDownlink), typeof(GestureRecognizer), typeof(CaptureControl), typeof(PlaybackControl), typeof(CaptureMeter), typeof(PlayedMarkPump), typeof(TurnMachine),
        typeof(AnswerLedger), typeof(ConversationLoop), typeof(RealtimeConnection), typeof(LedAnimation), typeof(LookShapes), typeof(Looks),
    ];

    /// <summary>Compiles all methods of these types that are not compiled yet. Any thread.</summary>
    public static void Prepare()
    {
        foreach (var type in Types) Prepare(type);
    }

    private static void Prepare(Type type)
    {
        if (type.ContainsGenericParameters || type.IsSubclassOf(typeof(Delegate))) return;
        foreach (var method in type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)))
        {
            if (method.IsAbstract || method.ContainsGenericParameters || method.IsStatic && method.IsConstructor) continue;
            // A virtual method is compiled only when it has an address already.
            method.MethodHandle.GetFunctionPointer();
            RuntimeHelpers.PrepareMethod(method.MethodHandle);
        }

        foreach (var nested in type.GetNestedTypes(All)) Prepare(nested);
    }
}
