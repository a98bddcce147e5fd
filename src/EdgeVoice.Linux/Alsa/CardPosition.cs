using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Alsa;

/// <summary>Where a card is (snd_pcm_status).</summary>
/// <param name="State">State of the stream.</param>
/// <param name="Available">Frames that can be read or written.</param>
/// <param name="Delay">Frames between the program and the air: of those written not yet heard, or heard and not yet read.</param>
/// <param name="TimeNs">Monotonic time at which this was so.</param>
internal readonly record struct CardPosition(PcmState State, int Available, long Delay, long TimeNs);
