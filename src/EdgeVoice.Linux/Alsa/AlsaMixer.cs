using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Interop;
using Native = EdgeVoice.Linux.Interop.AlsaNative;

namespace EdgeVoice.Linux.Alsa;

/// <summary>The volume and gain controls of a card's own mixer.</summary>
/// <remarks>One thread at a time. A card that has been pulled out leaves its mixer without effect: open it anew.</remarks>
public sealed class AlsaMixer : IDisposable
{
    private static readonly string[] Loudspeakers = ["PCM", "Master", "Speaker", "Headphone", "Digital", "Playback"];
    private static readonly string[] Microphones = ["Capture", "Mic", "ADC", "Digital", "Input"];
    private readonly MixerSafeHandle _mixer;
    private readonly nint _playback, _capture;

    private AlsaMixer(MixerSafeHandle mixer)
    {
        _mixer = mixer;
        _playback = Choose(Loudspeakers, element => Native.HasPlaybackVolume(element) != 0);
        _capture = Choose(Microphones, element => Native.HasCaptureVolume(element) != 0);
    }

    /// <summary>The playback control's name, or null when the card has none.</summary>
    public string? PlaybackControl => _playback == 0 ? null : Native.ElementName(_playback);

    /// <summary>The capture control's name, or null when the card has none.</summary>
    public string? CaptureControl => _capture == 0 ? null : Native.ElementName(_capture);

    /// <summary>Opens the mixer of the card a device string means; null when there is no card behind it or it has no mixer.</summary>
    /// <exception cref="AudioDeviceException">libasound is missing, or the words mean no device.</exception>
    public static AlsaMixer? TryOpen(string device, bool capture)
    {
        AlsaLibrary.Prepare();
        var name = AlsaDevices.Resolve(device, capture);
        var card = OpenFailure.Parse(name) is { } place ? $"hw:{place.Card}" : name;
        if (Native.MixerOpen(out var mixer, 0) < 0) return null;
        if (Native.MixerAttach(mixer, card) >= 0 && Native.MixerRegister(mixer, 0, 0) >= 0 && Native.MixerLoad(mixer) >= 0)
            return new AlsaMixer(mixer);
        mixer.Dispose();
        return null;
    }

    /// <summary>Sets the loudness, 0 to 100 in steps that sound equal, and unmutes; false when the card cannot.</summary>
    public bool SetPlaybackVolume(double percent)
    {
        if (_playback == 0) return false;
        if (Native.HasPlaybackSwitch(_playback) != 0) _ = Native.SetPlaybackSwitch(_playback, 1);
        if (Native.PlaybackDbRange(_playback, out var least, out var most) >= 0 && least < most)
            return Native.SetPlaybackDb(_playback, (nint)MixerScale.Hundredths(percent, least, most), 0) >= 0;
        return Native.PlaybackRange(_playback, out least, out most) >= 0
            && Native.SetPlayback(_playback, (nint)MixerScale.Step(percent, least, most)) >= 0;
    }

    /// <summary>Sets the microphone's gain, 0 to 100 in steps that sound equal, and unmutes; false when the card cannot.</summary>
    public bool SetCaptureGain(double percent)
    {
        if (_capture == 0) return false;
        if (Native.HasCaptureSwitch(_capture) != 0) _ = Native.SetCaptureSwitch(_capture, 1);
        if (Native.CaptureDbRange(_capture, out var least, out var most) >= 0 && least < most)
            return Native.SetCaptureDb(_capture, (nint)MixerScale.Hundredths(percent, least, most), 0) >= 0;
        return Native.CaptureRange(_capture, out least, out most) >= 0
            && Native.SetCapture(_capture, (nint)MixerScale.Step(percent, least, most)) >= 0;
    }

    /// <summary>Closes it; the volumes stay.</summary>
    public void Dispose() => _mixer.Dispose();

    private nint Choose(string[] names, Predicate<nint> has)
    {
        var (best, rank) = ((nint)0, int.MaxValue);
        for (var element = Native.MixerFirst(_mixer); element != 0; element = Native.MixerNext(element))
        {
            if (Native.ElementIsActive(element) == 0 || !has(element)) continue;
            var place = Array.FindIndex(names, name => Native.ElementName(element).Contains(name, StringComparison.OrdinalIgnoreCase));
            if (place < 0) place = names.Length;
            if (place < rank) (best, rank) = (element, place);
        }

        return best;
    }
}
