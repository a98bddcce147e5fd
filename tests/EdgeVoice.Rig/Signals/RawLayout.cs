using System.Buffers.Binary;
using EdgeVoice.Core.Audio;

namespace EdgeVoice.Rig.Signals;

/// <summary>A sample layout as the world's own programs name and store it, written down without the device's code.</summary>
/// <param name="Format">What the device calls it.</param>
/// <param name="Name">What aplay and arecord call it.</param>
/// <param name="Bytes">Of one sample.</param>
internal sealed record RawLayout(SampleFormat Format, string Name, int Bytes)
{
    public static readonly IReadOnlyList<RawLayout> All =
    [
        new(SampleFormat.S16, "S16_LE", 2), new(SampleFormat.S24, "S24_3LE", 3), new(SampleFormat.S24In32, "S24_LE", 4),
        new(SampleFormat.S32, "S32_LE", 4), new(SampleFormat.F32, "FLOAT_LE", 4),
    ];

    /// <summary>A 16-bit sample in this layout.</summary>
    public void Put(short sample, Span<byte> at)
    {
        switch (Name)
        {
            case "S16_LE": BinaryPrimitives.WriteInt16LittleEndian(at, sample); break;
            case "S24_3LE": (at[0], at[1], at[2]) = (0, (byte)sample, (byte)(sample >> 8)); break;
            case "S24_LE": BinaryPrimitives.WriteInt32LittleEndian(at, sample << 8); break;
            case "S32_LE": BinaryPrimitives.WriteInt32LittleEndian(at, sample << 16); break;
            default: BinaryPrimitives.WriteSingleLittleEndian(at, sample / 32_768f); break;
        }
    }

    /// <summary>A sample of this layout in units of 16-bit steps.</summary>
    public double Take(ReadOnlySpan<byte> at) => Name switch
    {
        "S16_LE" => BinaryPrimitives.ReadInt16LittleEndian(at),
        "S24_3LE" => ((at[2] << 24) | (at[1] << 16) | (at[0] << 8)) / 65_536.0,
        // The highest byte is nobody's.
        "S24_LE" => (BinaryPrimitives.ReadInt32LittleEndian(at) << 8) / 65_536.0,
        "S32_LE" => BinaryPrimitives.ReadInt32LittleEndian(at) / 65_536.0,
        _ => BinaryPrimitives.ReadSingleLittleEndian(at) * 32_768.0,
    };

    public override string ToString() => Name;
}
