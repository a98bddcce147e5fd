namespace EdgeVoice.Core.Configuration;

/// <summary>Checks bound options whole: ranges, words, addresses, and what must go together.</summary>
/// <remarks>Pure: any thread may call it. Looks at no file and no device.</remarks>
public static class EdgeVoiceOptionsValidator
{
    /// <summary>
    /// Every rule that <paramref name="options"/> break; empty where they are valid. <paramref name="hasIotPackages"/>: whether
    /// this build has the backends <c>alsa-net</c>, <c>iot</c> and <c>hosting</c>; default false.
    /// </summary>
    public static IReadOnlyList<ConfigurationProblem> Validate(EdgeVoiceOptions options, bool hasIotPackages = false)
    {
        var rules = new OptionRules();
        Conversation(rules, options.Conversation);
        RealtimeRules.Check(rules, options.Realtime);
        ToolRules.Check(rules, options.Realtime);
        Audio(rules, options.Audio, hasIotPackages);
        ButtonRules.Check(rules, options.Button, hasIotPackages);
        LedRules.Check(rules, options.Led, hasIotPackages);
        rules.AbsolutePath("sounds.folder", options.Sounds.Folder);
        rules.AbsolutePath("control.socket", options.Control.Socket, OptionRules.MaxSocketPathBytes);
        rules.AbsolutePath("service.stateDirectory", options.Service.StateDirectory);
        if (options.Service.Backend == ServiceBackend.Hosting && !hasIotPackages)
            rules.Add("service.backend", "\"hosting\"", $"\"systemd\" ({OptionRules.NotBuiltIn})");
        OptionRanges.Check(rules, options);
        return rules.Problems;
    }

    private static void Conversation(OptionRules rules, ConversationOptions options)
    {
        rules.Language("conversation.language", options.Language);
    }

    private static void Audio(OptionRules rules, AudioOptions options, bool hasIotPackages)
    {
        if (options.Backend == AudioBackend.AlsaNet && !hasIotPackages)
            rules.Add("audio.backend", "\"alsa-net\"", $"\"alsa\" ({OptionRules.NotBuiltIn})");
        rules.AudioDevice("audio.capture.device", options.Capture.Device, mayBeTone: true);
        rules.AudioDevice("audio.playback.device", options.Playback.Device, mayBeTone: false);
        // Opening the loudspeaker's file would empty the microphone's.
        if (options.Playback.Device.StartsWith("wav:", StringComparison.Ordinal) && options.Playback.Device == options.Capture.Device)
            rules.Add("audio.playback.device", ValueText.Quote(options.Playback.Device), "another file than audio.capture.device reads");
    }
}
