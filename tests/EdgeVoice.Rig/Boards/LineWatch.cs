using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeVoice.Rig.Harness;
using EdgeVoice.Rig.Interop;
using Microsoft.Win32.SafeHandles;

namespace EdgeVoice.Rig.Boards;

/// <summary>Watches one line through the GPIO character device, both edges.</summary>
/// <remarks>A thread of its own reads; <see cref="Edges"/> and <see cref="Ended"/> may be read by any thread.</remarks>
internal sealed class LineWatch : IDisposable
{
    private const int Capacity = 1024;
    private readonly LineEdge[] _edges = new LineEdge[Capacity];
    private readonly SafeFileHandle _line;
    private readonly Thread _thread;
    private volatile int _count;
    private volatile bool _stopping;
    private volatile string? _ended;

    private LineWatch(SafeFileHandle line)
    {
        _line = line;
        _thread = new Thread(Run) { Name = "rig-line", IsBackground = true };
        _thread.Start();
    }

    /// <summary>What was seen until now, in order.</summary>
    public ReadOnlySpan<LineEdge> Edges => _edges.AsSpan(0, _count);

    public int Count => _count;

    /// <summary>Why there will be no more edges, or null.</summary>
    public string? Ended => _ended;

    public static LineWatch Open(Pi pi, string chip, uint line)
    {
        using var device = File.OpenHandle(chip, FileMode.Open, FileAccess.ReadWrite);
        var request = new GpioLineRequest
        {
            Line = line,
            LineCount = 1,
            Flags = GpioLineRequest.InputWithBothEdges,
            Consumer = BitConverter.ToUInt32("rig\0"u8),
        };
        if (LibcNative.GetLine(device, GpioLineRequest.GetLine, ref request) < 0) throw new Win32Exception(Marshal.GetLastPInvokeError(), $"{chip} line {line}");
        return pi.Own(new LineWatch(new SafeFileHandle(request.File, ownsHandle: true)));
    }

    public void Dispose()
    {
        _stopping = true;
        _thread.Join();
        _line.Dispose();
    }

    private void Run()
    {
        var poll = new PollFile { File = (int)_line.DangerousGetHandle(), Events = LibcNative.PollIn };
        while (!_stopping && _ended is null)
        {
            var ready = LibcNative.Poll(ref poll, 1, 50);
            if (ready < 0) _ended = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            if (ready <= 0) continue;
            if (LibcNative.Read(_line, out var edge, (nuint)Unsafe.SizeOf<GpioLineEvent>()) < 0)
                _ended = Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError());
            else if (_count < Capacity)
                _edges[_count++] = new LineEdge((long)edge.TimestampNs, edge.Id == GpioLineEvent.Rising, edge.LineSequence, Pi.Now());
        }
    }
}
