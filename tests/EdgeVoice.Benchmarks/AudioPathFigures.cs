namespace EdgeVoice.Benchmarks;

/// <summary>CPU of the audio path, with virtual devices and, where a private sound server can be started, through libasound.</summary>
internal static class AudioPathFigures
{
    // Of a core: milliseconds a second.
    private const double TalkingBar = 10;
    private const double IdleBar = 3;

    /// <summary>Prints both rows of each; what cannot be measured says so.</summary>
    public static void Print(FigureTable table, TextWriter output)
    {
        using (var part = Child.Start(Settings.Product, "path", AudioPathPart.Virtual, AudioPathPart.Virtual))
            Rows(table, "virtual", part);
        using var sound = SoundServer.TryStart(out var why);
        if (sound is null)
        {
            output.WriteLine($"audio path through libasound: not measured ({why})");
            return;
        }

        using var through = Child.Start(
            new Dictionary<string, string>(Settings.Product) { ["ALSA_CONFIG_PATH"] = sound.AlsaConfigPath }, "path", "mic", "spk");
        Rows(table, "PulseAudio", through);
    }

    private static void Rows(FigureTable table, string devices, Child part)
    {
        Row(table, $"audio path, {devices}", part.Numbers(), TalkingBar);
        Row(table, $"audio path idle, {devices}", part.Numbers(), IdleBar);
        table.Shown("two threads that only wait, 100 times a second (ms/s)", part.Numbers()[0]);
    }

    private static void Row(FigureTable table, string name, double[] figures, double bar)
    {
        table.AtMost($"{name}: ev-capture + ev-playback (ms/s)", figures[0] + figures[1], bar);
        table.Shown("  of it ev-capture", figures[0]);
        table.Shown("  the whole process", figures[2]);
        table.Shown("  wake-ups of ev-capture a second", figures[3]);
    }
}
