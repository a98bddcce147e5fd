namespace EdgeVoice.Core.Configuration;

/// <summary>Checks what is asked of the transcription; each published model takes other fields.</summary>
internal static class TranscriptionRules
{
    private const string Path = "realtime.transcription";
    private const string ListensAlong = "gpt-realtime-whisper";
    private static readonly string[] Others = ["whisper-1", "gpt-4o-transcribe", "gpt-4o-mini-transcribe", "gpt-4o-transcribe-diarize", ListensAlong];

    /// <summary>Adds what is wrong with the transcription of <paramref name="realtime"/>.</summary>
    public static void Check(OptionRules rules, RealtimeOptions realtime)
    {
        if (realtime.Transcription is { } options)
        {
            rules.Text($"{Path}.model", options.Model, 256);
            rules.Language($"{Path}.language", options.Language);
            rules.Count($"{Path}.languages", options.Languages?.Count, 1, 20);
            for (var i = 0; i < options.Languages?.Count; i++)
                rules.Language($"{Path}.languages[{i}]", options.Languages[i]);
            rules.Count($"{Path}.keywords", options.Keywords?.Count, 0, 100);
            for (var i = 0; i < options.Keywords?.Count; i++)
                rules.Text($"{Path}.keywords[{i}]", options.Keywords[i], 100);
            rules.Length($"{Path}.prompt", options.Prompt, 4_096);
            if (options is { Language: not null, Languages: not null })
                rules.Add($"{Path}.languages", "them beside language", "one of the two");
            Models(rules, options);
        }

        if (realtime is { Include.Count: > 0, Transcription: null })
            rules.Add("realtime.include", "it without a transcription", "it only beside realtime.transcription");
    }

    // A model with a name of its own, at a server of its own, may take anything.
    private static void Models(OptionRules rules, TranscriptionOptions options)
    {
        var model = ValueText.Quote(options.Model);
        if (Others.Contains(options.Model) || options.Model.StartsWith("gpt-4o-mini-transcribe-", StringComparison.Ordinal))
        {
            const string Allowed = "it only with \"gpt-transcribe\" or \"gpt-live-transcribe\"";
            if (options.Languages is not null)
                rules.Add($"{Path}.languages", $"it with {model}", Allowed);
            if (options.Keywords is not null)
                rules.Add($"{Path}.keywords", $"it with {model}", Allowed);
        }

        if (options.Model == ListensAlong && options.Prompt is not null)
            rules.Add($"{Path}.prompt", $"it with {model}", "it with another model");
        if (options.Delay is not null && options.Model != ListensAlong)
            rules.Add($"{Path}.delay", $"it with {model}", $"it only with \"{ListensAlong}\"");
    }
}
