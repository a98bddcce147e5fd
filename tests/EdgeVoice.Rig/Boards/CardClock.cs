using System.Buffers.Text;
using EdgeVoice.Rig.Harness;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Rig.Boards;

/// <summary>
/// Where a card stands, asked of the kernel (<c>/proc/asound</c>) and not of the program that uses it: the frame its converter
/// passes, counted from the stream's start, and when.
/// </summary>
/// <remarks>Reading allocates nothing: a collection would stop the device's threads, too, where they run in this process.</remarks>
internal sealed class CardClock : IDisposable
{
    // A loopback card moves with the kernel's tick, a millisecond; a step is waited for no longer than this.
    private const int MostReadings = 400;
    private readonly string _substream;
    private readonly SafeFileHandle _file;
    private readonly byte[] _text = new byte[1024];

    private CardClock(string substream) => (_substream, _file) = (substream, File.OpenHandle($"/proc/asound/{substream}/status"));

    /// <summary>The card's place in a running playback or capture stream.</summary>
    /// <param name="Frame">Frames since the stream's start.</param>
    /// <param name="Ns">Monotonic time at which it was there.</param>
    internal readonly record struct Place(long Frame, long Ns)
    {
        /// <summary>Monotonic time at which the card passes a frame.</summary>
        public long TimeOf(long frame) => Ns + (frame - Frame) * 1_000_000_000L / LoopbackCard.Rate;
    }

    /// <summary>The clock of a stream that runs.</summary>
    /// <param name="pi">Owns it.</param>
    /// <param name="substream">Such as <c>Speaker/pcm1c/sub0</c>.</param>
    public static CardClock Of(Pi pi, string substream) => pi.Own(new CardClock(substream));

    /// <summary>
    /// The place right after the card moved: between two moves it says where it was, so that only then place and time belong
    /// together.
    /// </summary>
    public Place Step()
    {
        var before = Read();
        for (var i = 0; i < MostReadings; i++)
        {
            var now = Read();
            if (now.Frame != before.Frame) return now;
        }

        throw new ScenarioFailedException($"{_substream} does not move");
    }

    /// <summary>The place it tells now, up to a step old.</summary>
    public Place Read()
    {
        var length = RandomAccess.Read(_file, _text, 0);
        var ns = Pi.Now();
        ReadOnlySpan<byte> text = _text.AsSpan(0, length);
        var at = text.IndexOf("hw_ptr"u8);
        if (at < 0) throw new ScenarioFailedException($"{_substream} does not run");
        text = text[(at + text[at..].IndexOf((byte)':') + 1)..].TrimStart((byte)' ');
        return Utf8Parser.TryParse(text, out long frame, out _) ? new Place(frame, ns) : throw new ScenarioFailedException($"{_substream} tells no place");
    }

    public void Dispose() => _file.Dispose();
}
