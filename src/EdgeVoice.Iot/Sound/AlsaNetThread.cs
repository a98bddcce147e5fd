using Alsa.Net;
using EdgeVoice.Core.Devices;
using EdgeVoice.Core.Diagnostics;

namespace EdgeVoice.Iot.Sound;

/// <summary>The thread that a device of Alsa.Net needs, since playing and recording block: it makes, uses and disposes the device.</summary>
/// <remarks>
/// One owner starts and ends it. The device is never disposed under a running call, which would close what libasound still uses: a thread
/// that does not end in time is left alone and closes the device when its call returns.
/// </remarks>
internal sealed class AlsaNetThread(string name, AlsaNetSettings settings, Func<SoundDeviceSettings, ISoundDevice> create) : IDisposable
{
    private const int OpenMs = 3_000;
    private const int EndMs = 1_000;
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualResetEventSlim _opened = new();
    private Thread? _thread;
    private volatile bool _hasEnded;

    /// <summary>Signalled when the device is to be left.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>True once the device has been left, whatever the reason.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Why it was left, or could not be closed; null while nothing is wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>Runs <paramref name="use"/> with the device on the thread, and waits until it has called <see cref="TellOpened"/>.</summary>
    /// <exception cref="AudioDeviceException">The device could not be had, or does not answer; the thread has been ended.</exception>
    public void Open(string noun, Action<ISoundDevice> use, Action ended)
    {
        _thread = new Thread(() => Run(use, ended)) { Name = name, IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
        var inTime = _opened.Wait(OpenMs);
        if (inTime && !_hasEnded) return;
        Dispose();
        var why = inTime ? Problem ?? "it gave up at once" : "it does not answer";
        throw new AudioDeviceException($"{noun} device '{settings.Device}': {why}; see edgevoice devices, or set audio.backend to \"alsa\"");
    }

    /// <summary>The device works: the owner need not wait any longer.</summary>
    public void TellOpened() => _opened.Set();

    /// <summary>Leaves the device and waits a second for it at most.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join(EndMs);
    }

    private void Run(Action<ISoundDevice> use, Action ended)
    {
        ISoundDevice? device = null;
        try
        {
            device = create(settings.ToPackage());
            use(device);
        }
        catch (Exception e)
        {
            // A package throws what it likes: the device is lost all the same, and the owner says so.
            Problem = OneLine.Of(e.Message);
        }

        Close(device);
        _hasEnded = true;
        _opened.Set();
        ended();
    }

    private void Close(ISoundDevice? device)
    {
        try
        {
            device?.Dispose();
        }
        catch (Exception e)
        {
            Problem ??= OneLine.Of(e.Message);
        }
    }
}
