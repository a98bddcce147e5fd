using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Linux.Input;

/// <summary>A set of keys, as the kernel writes one.</summary>
/// <remarks>One thread at a time.</remarks>
internal sealed class KeySet
{
    private readonly byte[] _bits = new byte[InputNative.KeyBytes];

    /// <summary>The bits themselves: key n is bit n mod 8 of byte n / 8. (On a machine of little endian words.)</summary>
    public Span<byte> Bits => _bits;

    /// <summary>True where it holds no key.</summary>
    public bool IsEmpty => !_bits.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>All keys in order.</summary>
    public IEnumerable<int> Codes => Enumerable.Range(0, _bits.Length * 8).Where(Has);

    /// <summary>Whether a key is in it.</summary>
    public bool Has(int code) => code >= 0 && code < _bits.Length * 8 && (_bits[code / 8] >> code % 8 & 1) != 0;

    /// <summary>Puts a key in or takes it out; one that no kernel knows is passed over.</summary>
    public void Set(int code, bool isIn)
    {
        if (code < 0 || code >= _bits.Length * 8) return;
        if (isIn) _bits[code / 8] |= (byte)(1 << code % 8);
        else _bits[code / 8] &= (byte)~(1 << code % 8);
    }
}
