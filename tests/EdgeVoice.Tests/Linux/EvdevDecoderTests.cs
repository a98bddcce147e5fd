using EdgeVoice.Core.Devices;
using EdgeVoice.Linux.Input;
using EdgeVoice.Linux.Interop;

namespace EdgeVoice.Tests.Linux;

public sealed class EvdevDecoderTests
{
    private const ushort A = 30, B = 48;
    private readonly List<ButtonEdge> _told = [];
    private readonly KeySet _reallyDown = new();
    private bool _isGone;

    [Fact]
    public void TryDecode_PressAndRelease_AreEdgesWithMonotonicTimes()
    {
        var decoder = Decoder(null);
        Assert.True(decoder.TryDecode([Key(A, 1, 2, 500_001), Report(), Key(A, 0, 3, 0), Report()], _told.Add));
        Assert.Equal([new(true, 2_500_001_000), new(false, 3_000_000_000)], _told);
    }

    [Fact]
    public void TryDecode_Autorepeat_IsPassedOver()
    {
        Decoder(null).TryDecode([Key(A, 1), Report(), Key(A, 2), Report(), Key(A, 2), Report()], _told.Add);
        Assert.Single(_told);
    }

    [Fact]
    public void TryDecode_TwoKeys_AreOneButton()
    {
        var decoder = Decoder(null);
        decoder.TryDecode([Key(A, 1), Report(), Key(B, 1), Report(), Key(A, 0), Report()], _told.Add);
        Assert.Equal([true], _told.Select(edge => edge.IsDown));
        decoder.TryDecode([Key(B, 0), Report()], _told.Add);
        Assert.Equal([true, false], _told.Select(edge => edge.IsDown));
    }

    [Fact]
    public void TryDecode_OnlyTheKeyAskedFor_Counts()
    {
        var decoder = Decoder(B);
        decoder.TryDecode([Key(A, 1), Report(), Key(A, 0), Report(), Key(B, 1), Report()], _told.Add);
        Assert.Equal([true], _told.Select(edge => edge.IsDown));
        Assert.True(decoder.IsDown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryDecode_EventsDropped_TheStateIsReadAnew(bool isDownNow)
    {
        var decoder = Decoder(null);
        decoder.TryDecode([Key(A, 1), Report()], _told.Add);
        _reallyDown.Set(A, isDownNow);
        // What comes between is worth nothing.
        decoder.TryDecode([Syn(InputEvent.Dropped), Key(B, 1), Key(A, 0)], _told.Add);
        Assert.Single(_told);
        decoder.TryDecode([Report(7)], _told.Add);
        Assert.Equal(isDownNow, decoder.IsDown);
        Assert.Equal(isDownNow ? [new(true, 0)] : [new(true, 0), new(false, 7_000_000_000)], _told);
        decoder.TryDecode([Key(A, 0), Report()], _told.Add);
        Assert.Equal([true, false], _told.Select(edge => edge.IsDown));
    }

    [Fact]
    public void TryDecode_DroppedAndGone_SaysSo()
    {
        var decoder = Decoder(null);
        _isGone = true;
        Assert.False(decoder.TryDecode([Syn(InputEvent.Dropped), Report()], _told.Add));
    }

    [Fact]
    public void TryBegin_KeyHeldAtStart_IsDownWithoutAnEdge()
    {
        _reallyDown.Set(A, true);
        var decoder = Decoder(A);
        Assert.True(decoder.IsDown);
        decoder.TryDecode([Key(A, 1), Report()], _told.Add);
        Assert.Empty(_told);
    }

    [Fact]
    public void KeySet_OfAKeyThatNoKernelKnows_IsLeftAlone()
    {
        var keys = new KeySet();
        keys.Set(InputNative.KeyBytes * 8, true);
        Assert.True(keys.IsEmpty);
        keys.Set(0x2ff, true);
        Assert.Equal([0x2ff], keys.Codes);
        Assert.False(keys.Has(-1));
    }

    [Theory]
    [InlineData("KEY_ENTER", 28)]
    [InlineData("BTN_0", 0x100)]
    [InlineData("BTN_TRIGGER_HAPPY40", 0x2e7)]
    [InlineData("ENTER", null)]
    public void KeyNames_AreThoseOfTheKernel(string name, int? code)
    {
        Assert.Equal(code, KeyNames.CodeOf(name));
        if (code is { } known) Assert.Equal(known, KeyNames.CodeOf(KeyNames.NameOf(known)));
    }

    [Fact]
    public void KeyNames_NameOfAKeyWithoutOne_IsItsNumber() => Assert.Equal("700", KeyNames.NameOf(700));

    private EvdevDecoder Decoder(int? key)
    {
        var decoder = new EvdevDecoder(key, down =>
        {
            _reallyDown.Bits.CopyTo(down.Bits);
            return !_isGone;
        });
        decoder.TryBegin();
        return decoder;
    }

    private static InputEvent Key(ushort code, int value, uint seconds = 0, uint microseconds = 0) =>
        new() { Type = InputEvent.Key, Code = code, Value = value, Seconds = seconds, Microseconds = microseconds };

    private static InputEvent Report(uint seconds = 0) => Syn(InputEvent.Report, seconds);

    private static InputEvent Syn(ushort code, uint seconds = 0) => new() { Type = InputEvent.Synchronize, Code = code, Seconds = seconds };
}
