using System.Globalization;
using EdgeVoice.Core.Control;

namespace EdgeVoice.Verbs;

/// <summary>A device's status as a table for people.</summary>
internal static class CtlStatus
{
    /// <summary>Writes the rows, and below them the counters.</summary>
    public static void Write(ControlStatus status, TextWriter output)
    {
        if (status.DeviceId is { } id) Row("device", id);
        Row("link", status.Link);
        Row("conversation", status.Conversation);
        Row("turn", status.Turn);
        Row("microphone", status.Audio?.Microphone ?? status.Mute);
        if (status.Audio is { } audio)
        {
            Row("loudspeaker", audio.Loudspeaker);
            if (audio.DriftPpm is { } drift) Row("clock drift", string.Create(CultureInfo.InvariantCulture, $"{drift:0.0} ppm"));
        }

        if (status.Volume is { } volume) Row("volume", Number(volume));
        Row("mode", status.Mode);
        Row("reconnects", Number(status.Reconnects));
        if (status.Said is { } said) Row("said", said);
        if (status.Answer is { } answer) Row("answer", answer);
        if (status.Configuration is { } configuration) WriteConfiguration(configuration);
        Row("status", status.Text);
        var width = status.Counters.Keys.Select(name => name.Length).DefaultIfEmpty(0).Max();
        foreach (var (name, count) in status.Counters.OrderBy(counter => counter.Key, StringComparer.Ordinal))
            output.WriteLine($"  {CtlVerb.OneLine(name).PadRight(width)}  {Number(count)}");

        void Row(string name, string value) => output.WriteLine($"{name,-13} {CtlVerb.OneLine(value)}");

        void WriteConfiguration(ControlConfiguration inForce)
        {
            var hash = inForce.Hash.Length == 0 ? "" : $" ({inForce.Hash[..Math.Min(12, inForce.Hash.Length)]})";
            Row("configuration", $"{inForce.Source}{hash}, in force for {Age(inForce.AgeSeconds)}");
            foreach (var problem in inForce.Problems) Row("  not taken", problem);
            foreach (var pending in inForce.Pending) Row("  pending", pending);
        }
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Age(long seconds) => seconds switch
    {
        < 120 => $"{Number(seconds)} s",
        < 2 * 3600 => $"{Number(seconds / 60)} min",
        < 48 * 3600 => $"{Number(seconds / 3600)} h",
        _ => $"{Number(seconds / 86400)} days",
    };
}
