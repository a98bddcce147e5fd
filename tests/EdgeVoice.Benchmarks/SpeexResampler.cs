using System.Runtime.InteropServices;

namespace EdgeVoice.Benchmarks;

/// <summary>The peer: libspeexdsp's resampler (Debian package libspeexdsp1), mono float.</summary>
internal sealed partial class SpeexResampler : IDisposable
{
    private const string Library = "libspeexdsp.so.1";
    private nint _state;

    internal SpeexResampler(int inputRate, int outputRate, int quality)
    {
        _state = Init(1, (uint)inputRate, (uint)outputRate, quality, out var error);
        if (error != 0) throw new InvalidOperationException($"speex_resampler_init: {error}");
    }

    internal static bool IsInstalled => NativeLibrary.TryLoad(Library, out _);

    internal int Process(ReadOnlySpan<float> input, Span<float> output)
    {
        var (taken, produced) = ((uint)input.Length, (uint)output.Length);
        var error = ProcessFloat(_state, 0, in MemoryMarshal.GetReference(input), ref taken, ref MemoryMarshal.GetReference(output),
            ref produced);
        if (error != 0 || taken != input.Length)
            throw new InvalidOperationException($"speex_resampler_process_float: {error}, {taken} of {input.Length} taken");
        return (int)produced;
    }

    public void Dispose()
    {
        if (_state != 0) Destroy(_state);
        _state = 0;
    }

    [LibraryImport(Library, EntryPoint = "speex_resampler_init")]
    private static partial nint Init(uint channels, uint inputRate, uint outputRate, int quality, out int error);

    [LibraryImport(Library, EntryPoint = "speex_resampler_process_float")]
    private static partial int ProcessFloat(nint state, uint channel, in float input, ref uint inputLength, ref float output,
        ref uint outputLength);

    [LibraryImport(Library, EntryPoint = "speex_resampler_destroy")]
    private static partial void Destroy(nint state);
}
