using System.Globalization;
using System.Reflection;
using EdgeVoice.Core.Configuration;
using EdgeVoice.Core.Conversation;
using EdgeVoice.Core.Tools;

namespace EdgeVoice.Device;

/// <summary>The tools of a device: those that the configuration leaves in, over what they act on.</summary>
internal static class DeviceTools
{
    /// <summary>The registry: in the order of the configuration, then what this device can do <paramref name="besides"/>.</summary>
    public static ToolRegistry Create(
        EdgeVoiceOptions options, IReadOnlyList<IDeviceTool> besides, IVolume volume, Func<TurnRules> rules, Func<ConversationEvent, bool> post, TimeProvider time)
    {
        var conversation = new ToolActions(rules, post);
        return new ToolRegistry([.. options.Realtime.DeviceTools.Select(name => Create(name, volume, conversation, time)), .. besides]);
    }

    /// <summary>The year in which this program was built.</summary>
    public static int BuiltInYear { get; } = int.Parse(
        typeof(DeviceTools).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "BuiltInYear").Value!,
        CultureInfo.InvariantCulture);

    private static IDeviceTool Create(string name, IVolume volume, ToolActions conversation, TimeProvider time) => name switch
    {
        "volume" => new VolumeTool(volume),
        "mute" => new MuteTool(conversation),
        "goodbye" => new GoodbyeTool(conversation),
        "time" => new TimeTool(time, BuiltInYear),
        _ => throw new ArgumentException($"No tool is named {name}.", nameof(name)),
    };
}

/// <summary>What tools may do to the conversation: wishes for the time after the answer.</summary>
/// <remarks>Any thread.</remarks>
internal sealed class ToolActions(Func<TurnRules> rules, Func<ConversationEvent, bool> post) : IMicrophoneMute, IConversationEnd
{
    public string HowToOpen => rules().Unmute;

    public bool CanEnd => !rules().AlwaysOpen;

    public void CloseAfterAnswer() => post(new AfterAnswerWanted(AfterAnswer.Mute));

    public void EndAfterAnswer() => post(new AfterAnswerWanted(AfterAnswer.Close));
}

/// <summary>Stages do not know the conversation: this speaks for the tools.</summary>
internal sealed class ToolsAdapter(ToolRunner runner) : IToolRunner
{
    public void Run(string name, string arguments, Action<string> finished) => runner.Run(name, arguments, finished);
}
