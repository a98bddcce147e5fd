using EdgeVoice.Linux.Alsa;

namespace EdgeVoice.Sound;

/// <summary>Finds the sound devices and opens each for a moment, to see what it offers.</summary>
/// <remarks>Used once by one verb. A device that hangs is left behind on its thread after <see cref="Patience"/>.</remarks>
internal sealed class SoundSearch(TimeProvider time)
{
    // Its library writes a page of complaints to standard error where no such server runs, which is nearly everywhere.
    private const string Loud = "jack";

    /// <summary>How long one device may take to open.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Microphones, or loudspeakers. A PCM of ALSA's configuration that does not open means nothing and is left out.</summary>
    public async Task<IReadOnlyList<SoundEnd>> FindAsync(IReadOnlyList<SoundDevice> devices, bool capture)
    {
        List<SoundEnd> found = [];
        foreach (var device in devices.Where(one => capture ? one.IsCapture : one.IsPlayback).Where(one => one.Words != Loud))
        {
            var offer = await AskAsync(device.Words, capture).ConfigureAwait(false);
            if (device.Card is not null || offer.Problem is null) found.Add(SoundEnd.Of(device, offer));
        }

        return found;
    }

    private async Task<SoundOffer> AskAsync(string words, bool capture)
    {
        try
        {
            return await Task.Run(() => AlsaProbe.Of(words, capture, time)).WaitAsync(Patience, time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return new SoundOffer([], [], null, $"did not answer within {Patience.TotalSeconds:0} s");
        }
    }
}
