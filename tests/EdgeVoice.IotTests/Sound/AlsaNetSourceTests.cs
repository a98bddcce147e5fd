using Alsa.Net;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;
using EdgeVoice.Iot.Sound;
using EdgeVoice.Tests.Support;

namespace EdgeVoice.IotTests.Sound;

/// <summary>One recorded turn, and what a microphone does otherwise.</summary>
public sealed class AlsaNetSourceTests : IDisposable
{
    private const int Period = 160;
    private const int Rate = 16_000;
    private FakeSoundDevice? _device;
    private AlsaNetSource? _source;

    public void Dispose() => _source?.Dispose();

    [Fact]
    public void Read_OneTurn_IsEverySampleOnceInOrder()
    {
        Open(channels: 2);
        _source!.Start();
        var said = Feed(20, channels: 2);
        var heard = new List<float>();
        var buffer = new float[2 * 100];
        while (heard.Count < said.Length)
        {
            Assert.Equal(AudioWait.Ready, _source.Wait(20_000));
            for (int frames; (frames = _source.Read(buffer, out var frame, out _)) > 0;)
            {
                Assert.Equal(heard.Count / 2, frame);
                heard.AddRange(buffer.AsSpan(0, 2 * frames));
            }
        }

        Assert.Equal(said.Select(sample => sample / 32768f), heard);
        Assert.Equal(AudioWait.TimedOut, _source.Wait(0));
    }

    [Fact]
    public void Open_Always_GrantsThePeriodOfTheFirstBlockAndAsksForSixteenBits()
    {
        Open(channels: 1, device: "hw:CARD=Mic");
        Assert.Equal(new AudioStreamFormat(Rate, 1, Period, Rate / 2), _source!.Format);
        var asked = _device!.Settings;
        Assert.Equal(("plughw:CARD=Mic", 16_000u, (ushort)1, (ushort)16),
            (asked.RecordingDeviceName, asked.RecordingSampleRate, asked.RecordingChannels, asked.RecordingBitsPerSample));
    }

    [Fact]
    public async Task Read_Always_TimesABlockAtItsBeginning()
    {
        var time = new ManualTime();
        Open(channels: 1, time: time);
        Assert.True(await Eventually.IsTrue(() => _device!.Delivered == 1));
        _source!.Start();
        time.AdvanceMs(100);
        Feed(1, 1);
        Assert.Equal(AudioWait.Ready, _source.Wait(20_000));
        Assert.Equal(40, _source.Read(new float[40], out var frame, out var timeNs));
        Assert.Equal((0, time.NowNs() - 10_000_000), (frame, timeNs));
        Assert.Equal(Period - 40, _source.Read(new float[Period], out frame, out timeNs));
        Assert.Equal((40, time.NowNs() - 7_500_000), (frame, timeNs));
    }

    [Fact]
    public async Task Wait_QueueOverrun_IsToldAndTheLostFramesAreCounted()
    {
        Open(channels: 1);
        _source!.Start();
        var blocks = _source.Format.BufferFrames / Period + 3;
        Feed(blocks, 1);
        Assert.True(await Eventually.IsTrue(() => _device!.Delivered == blocks + 1));
        Assert.Equal(AudioWait.Xrun, _source.Wait(0));
        var buffer = new float[Rate];
        var kept = _source.Read(buffer, out _, out _);
        Assert.Equal(_source.Format.BufferFrames / Period * Period, kept);
        Feed(1, 1);
        Assert.True(await Eventually.IsTrue(() => _source.Wait(100) == AudioWait.Ready));
        Assert.Equal(Period, _source.Read(buffer, out var frame, out _));
        Assert.Equal(blocks * Period, frame);
    }

    [Fact]
    public void Wait_DeviceBreaks_GivesWhatThereIsAndThenSaysLost()
    {
        Open(channels: 1);
        _source!.Start();
        Feed(1, 1);
        _device!.Microphone.Add(null);
        Assert.Equal(AudioWait.Ready, _source.Wait(20_000));
        Assert.Equal(Period, _source.Read(new float[Period], out _, out _));
        Assert.Equal(AudioWait.Lost, _source.Wait(20_000));
        Assert.True(_device.IsDisposed);
    }

    [Fact]
    public void Wait_Woken_SaysSo()
    {
        Open(channels: 1);
        _source!.Wake();
        Assert.Equal(AudioWait.Woken, _source.Wait(20_000));
        Assert.Equal(AudioWait.TimedOut, _source.Wait(0));
    }

    [Fact]
    public void Wait_WithAWakePeriod_WaitsForSoMany()
    {
        Open(channels: 1);
        _source!.Start();
        _source.SetWakePeriod(3 * Period);
        Feed(3, 1);
        Assert.Equal(AudioWait.Ready, _source.Wait(20_000));
        Assert.Equal(3 * Period, _source.Read(new float[Rate], out _, out _));
    }

    [Fact]
    public void Open_DeviceRefuses_ThrowsOneLineAndLeavesNothingOpen()
    {
        var device = Make();
        device.Refuses = "Can not open recording device.\nError -16. Device or resource busy.";
        var error = Assert.Throws<AudioDeviceException>(() => AlsaNetSource.Open(new("plughw:0", Rate, 1), TimeProvider.System, _ => device));
        Assert.Equal(
            "capture device 'plughw:0': Can not open recording device. Error -16. Device or resource busy.; see edgevoice devices, or set audio.backend to \"alsa\"",
            error.Message);
        Assert.True(device.IsDisposed);
    }

    [Fact]
    public void Dispose_WhileRecording_ClosesTheDevice()
    {
        Open(channels: 1);
        _source!.Start();
        _source.Dispose();
        Assert.True(_device!.IsDisposed);
        Assert.False(_device.IsBusy);
    }

    private static FakeSoundDevice Make(SoundDeviceSettings? settings = null) => new(settings ?? new SoundDeviceSettings()) { PeriodFrames = Period };

    private void Open(int channels, string device = "default", TimeProvider? time = null)
    {
        _source = AlsaNetSource.Open(new AlsaNetSettings(device, Rate, channels), time ?? TimeProvider.System, settings =>
        {
            _device = Make(settings);
            // What tells the period; nobody hears it.
            _device.Microphone.Add(new short[Period * channels]);
            return _device;
        });
        SpinWait.SpinUntil(() => _device!.Delivered == 1);
    }

    private short[] Feed(int blocks, int channels)
    {
        var all = Enumerable.Range(0, blocks * Period * channels).Select(i => (short)(i * 7 - 20_000)).ToArray();
        foreach (var block in all.Chunk(Period * channels)) _device!.Microphone.Add(block);
        return all;
    }
}
