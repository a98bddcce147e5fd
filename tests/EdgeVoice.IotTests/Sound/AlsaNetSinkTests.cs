using System.Buffers.Binary;
using Alsa.Net;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Iot.Sound;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.IotTests.Sound;

/// <summary>One played turn in real time, and what a loudspeaker does otherwise.</summary>
public sealed class AlsaNetSinkTests : IDisposable
{
    private const int Period = 160;
    private const int Rate = 16_000;
    private FakeSoundDevice? _device;
    private AlsaNetSink? _sink;

    public void Dispose() => _sink?.Dispose();

    [Fact]
    public async Task Write_OneTurn_IsPlayedSampleForSample()
    {
        Open(2);
        // Not a whole number of periods: the rest must be silence, not what the package's array held before.
        var said = Enumerable.Range(0, 2 * (30 * Period + 50)).Select(i => (short)(i * 5 % 30_000 + 1)).ToArray();
        WriteAll(said);
        Assert.True(await Eventually.IsTrue(() => _device!.Heard.Length >= said.Length));
        _sink!.Drop();
        Assert.True(await Eventually.IsTrue(() => !_device!.IsBusy));
        var heard = _device!.Heard;
        Assert.Equal(said, heard[..said.Length]);
        Assert.All(heard[said.Length..], sample => Assert.Equal(0, sample));
        Assert.Equal(0, heard.Length % (2 * Period));
    }

    [Fact]
    public void Open_Always_LearnsThePeriodAndSendsAHeaderThatFits()
    {
        Open(2, "hw:0");
        Assert.Equal(new AudioStreamFormat(Rate, 2, Period, 3 * Rate / 10), _sink!.Format);
        Assert.Equal("plughw:0", _device!.Settings.PlaybackDeviceName);
        var header = _device.Header.AsSpan();
        Assert.True(header.StartsWith("RIFF"u8) && header[8..].StartsWith("WAVEfmt "u8) && header[36..].StartsWith("data"u8));
        Assert.Equal([1, 2, 16], new[] { 20, 22, 34 }.Select(at => (int)BinaryPrimitives.ReadUInt16LittleEndian(_device.Header.AsSpan(at))));
        Assert.Equal(Rate, BinaryPrimitives.ReadInt32LittleEndian(header[24..]));
        Assert.Equal(Rate * 4, BinaryPrimitives.ReadInt32LittleEndian(header[28..]));
        Assert.Empty(_device.Heard);
        Assert.Equal("drain", _sink.StopMethod);
    }

    [Fact]
    public async Task Drop_WhilePlaying_EndsWhereTheCardWasGivenAndPlaysNothingOlderAfterwards()
    {
        Open(1);
        var old = Enumerable.Repeat((short)111, 2 * Rate / 10).ToArray();
        WriteAll(old);
        Assert.True(await Eventually.IsTrue(() => _device!.Heard.Length > 0));
        var end = _sink!.Drop();
        Assert.InRange(end, 1, old.Length);
        WriteAll(Enumerable.Repeat((short)222, Rate / 10).ToArray());
        Assert.True(await Eventually.IsTrue(() => _device!.Heard.Count(sample => sample == 222) == Rate / 10));
        var heard = _device!.Heard;
        Assert.Equal(end, heard.Count(sample => sample == 111));
        Assert.True(Array.LastIndexOf(heard, (short)111) < Array.IndexOf(heard, (short)222));
    }

    [Fact]
    public async Task Status_WhilePlaying_CountsWhatWaitsAndWhatTheCardHolds()
    {
        Open(1);
        var before = TimeProvider.System.NowNs();
        WriteAll(new short[_sink!.Writable]);
        var first = _sink.Status();
        // What the clock has passed since it was written is heard already.
        var passed = (first.TimeNs - before) * Rate / 1_000_000_000 + 1;
        Assert.Equal(2 * Rate / 10, first.Written);
        Assert.InRange(first.Written - first.Delay, 0, passed);
        Assert.True(await Eventually.IsTrue(() => _sink.Status().Delay == 0));
        // The card was never given more than a tenth of a second and a period ahead of the clock.
        Assert.True(_sink.Status().TimeNs - first.TimeNs >= 200_000_000 - 1_000_000);
    }

    [Fact]
    public async Task Wait_NothingWrittenInTime_TellsAnUnderrunAndTheCardGetsSilence()
    {
        Open(1);
        WriteAll(Enumerable.Repeat((short)9, 3 * Period).ToArray());
        Assert.True(await Eventually.IsTrue(() => _device!.Heard.Length > 5 * Period));
        Assert.True(await Eventually.IsTrue(() => _sink!.Wait(0) == AudioWait.Xrun));
        Assert.Equal(3 * Period, _device!.Heard.Count(sample => sample == 9));
        _sink!.Drop();
        Assert.True(await Eventually.IsTrue(() => !_device.IsBusy));
    }

    [Fact]
    public void Wait_DeviceBreaks_SaysLost()
    {
        Open(1);
        _device!.Breaks = "Can not write data to the device. Error -32. Broken pipe.";
        WriteAll(new short[4 * Period]);
        Assert.Equal(AudioWait.Lost, _sink!.Idle(20_000));
        Assert.Equal((0, 0), (_sink.Writable, _sink.Write(new float[Period])));
        Assert.True(_device.IsDisposed);
    }

    [Fact]
    public void Wait_WokenOrFull_SaysSo()
    {
        Open(1);
        _sink!.Wake();
        Assert.Equal(AudioWait.Woken, _sink.Idle(20_000));
        Assert.Equal(AudioWait.Ready, _sink.Wait(20_000));
        Assert.Equal(AudioWait.TimedOut, _sink.Idle(0));
        Assert.Equal(2 * Rate / 10, _sink.Write(new float[Rate]));
        Assert.Equal(AudioWait.Ready, _sink.Wait(20_000));
    }

    [Fact]
    public void Open_DeviceRefuses_ThrowsOneLine()
    {
        var error = Assert.Throws<AudioDeviceException>(() => AlsaNetSink.Open(new("plughw:9", Rate, 2), TimeProvider.System, settings => Make(settings, "No such device.")));
        Assert.Equal("playback device 'plughw:9': No such device.; see edgevoice devices, or set audio.backend to \"alsa\"", error.Message);
    }

    [Fact]
    public void Dispose_WhilePlaying_ClosesTheDeviceWhenItIsFree()
    {
        Open(1);
        WriteAll(new short[_sink!.Writable]);
        _sink.Dispose();
        Assert.True(_device!.IsDisposed);
    }

    private static FakeSoundDevice Make(SoundDeviceSettings settings, string? refuses = null) => new(settings) { PeriodFrames = Period, Refuses = refuses };

    private void Open(int channels, string device = "default") =>
        _sink = AlsaNetSink.Open(new AlsaNetSettings(device, Rate, channels), TimeProvider.System, settings => _device = Make(settings));

    private void WriteAll(short[] samples)
    {
        var rest = samples.Select(sample => sample / 32768f).ToArray().AsSpan();
        while (rest.Length > 0)
        {
            rest = rest[(_sink!.Write(rest) * _sink.Format.Channels)..];
            if (rest.Length > 0) _sink.Wait(1_000);
        }
    }
}
