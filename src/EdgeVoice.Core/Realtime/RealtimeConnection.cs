using System.Buffers;
using System.Threading.Channels;
using EdgeVoice.Core.Audio;
using EdgeVoice.Core.Realtime.Protocol;
using EdgeVoice.Core.Realtime.Transport;
using Microsoft.Extensions.Logging;

namespace EdgeVoice.Core.Realtime;

/// <summary>Everything that dies with one socket: the reader of its messages, its outbox, its handshake.</summary>
/// <remarks>
/// <see cref="Post"/> and <see cref="SendAsync"/> may be called by anyone; messages arrive on the receive loop, which goes
/// straight from UTF-8 to the audio sink for deltas and to the listener for everything else.
/// </remarks>
public sealed partial class RealtimeConnection : IMessageSink
{
    /// <summary>Client events waiting to be sent; a link that cannot take so many is dead.</summary>
    public const int OutboxCapacity = 256;

    private readonly IRealtimeTransport _transport;
    private readonly ServerEventReader _reader;
    private readonly IAudioDeltaSink _audio;
    private readonly IRealtimeListener _listener;
    private readonly ILogger _log;
    private readonly Channel<ClientEvent> _outbox;
    private readonly TaskCompletionSource<bool> _greeted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource<string?> _configured = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string _settingsId = SettingsEventId;
    private int _updates;
    private readonly Lock _delivery = new();
    private bool _isStandby;
    private byte[] _unescaped = [];
    private RealtimeError? _lastError;
    private long _nextEventId;

    internal RealtimeConnection(
        IRealtimeTransport transport, ServerEventReader reader, IAudioDeltaSink audio, IRealtimeListener listener, ILogger log, bool isStandby = false)
    {
        _isStandby = isStandby;
        _transport = transport;
        _reader = reader;
        _audio = audio;
        _listener = listener;
        _log = log;
        _outbox = Channel.CreateBounded<ClientEvent>(new BoundedChannelOptions(OutboxCapacity) { SingleReader = true });
    }

    /// <summary>The last error event, or null: the reason behind a close that follows it.</summary>
    internal RealtimeError? LastError => Volatile.Read(ref _lastError);

    /// <summary>When the server ends the session, in its seconds since 1970; null: it did not say.</summary>
    internal long? ExpiresAt { get; private set; }

    /// <summary>
    /// Queues a client event, in order; false when the connection is gone or hopelessly behind. An event without an id is
    /// given one, so that the server's errors can name it.
    /// </summary>
    public bool Post(ClientEvent clientEvent)
    {
        ArgumentNullException.ThrowIfNull(clientEvent);
        if (_outbox.Writer.TryWrite(clientEvent)) return true;
        _transport.Abort();
        return false;
    }

    /// <summary>Sends an encoded message now; false when the connection is gone.</summary>
    public ValueTask<bool> SendAsync(ReadOnlyMemory<byte> utf8) => _transport.SendAsync(utf8);

    /// <summary>Receives until the connection ends.</summary>
    internal async Task<TransportClosed> RunAsync()
    {
        var sending = SendLoopAsync();
        try
        {
            return await _transport.RunAsync(this).ConfigureAwait(false);
        }
        finally
        {
            _transport.Abort();
            _outbox.Writer.TryComplete();
            _greeted.TrySetResult(false);
            Volatile.Read(ref _configured).TrySetResult(Ended);
            await sending.ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the server's greeting, sends the settings, waits for them to be taken. Null, or why not, in one line.</summary>
    internal async Task<string?> ConfigureAsync(SessionUpdate settings)
    {
        if (!await _greeted.Task.ConfigureAwait(false)) return Ended;
        Post(settings with { EventId = SettingsEventId });
        return await _configured.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Sends other settings to the session that is in use and waits for them to be taken. Null, or why not, in one line: then the old ones
    /// stay in force. One caller at a time.
    /// </summary>
    internal Task<string?> UpdateAsync(SessionUpdate settings)
    {
        var taken = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = $"{SettingsEventId}_{Interlocked.Increment(ref _updates)}";
        lock (_delivery) (_configured, _settingsId) = (taken, id);
        if (!Post(settings with { EventId = id })) taken.TrySetResult(Ended);
        return taken.Task;
    }

    /// <summary>From here on audio and events are delivered: this connection has taken the place of another one.</summary>
    internal void Attach()
    {
        lock (_delivery) _isStandby = false;
    }

    /// <summary>From here on nothing is delivered: another connection has taken its place. A delivery under way ends first.</summary>
    internal void Detach()
    {
        lock (_delivery) _isStandby = true;
    }

    /// <summary>Says goodbye and ends the connection.</summary>
    internal Task CloseAsync() => _transport.CloseAsync();

    internal void Abort() => _transport.Abort();

    private const string SettingsEventId = "settings";

    /// <summary>What <see cref="ConfigureAsync"/> says when the other end did not stay.</summary>
    internal const string Ended = "the connection ended before it was ready";

    void IMessageSink.OnUnusable(string what) => LogUnusable(what);

    void IMessageSink.OnMessage(ReadOnlySpan<byte> utf8)
    {
        // Free but for the exchange of one connection for another: what takes the audio has one writer at a time.
        lock (_delivery) Deliver(utf8);
    }

    private void Deliver(ReadOnlySpan<byte> utf8)
    {
        if (_reader.TryReadAudioDelta(utf8, out var delta))
        {
            _lastError = null;
            if (!_isStandby) _audio.Write(delta.ResponseId, delta.ItemId, delta.ContentIndex, Plain(delta));
            return;
        }

        var serverEvent = _reader.Read(utf8);
        // An error explains a close that follows it at once, and nothing later.
        if (serverEvent is not ErrorEvent) Volatile.Write(ref _lastError, null);
        switch (serverEvent)
        {
            case SessionCreated created:
                ExpiresAt = created.Session.ExpiresAt;
                _greeted.TrySetResult(true);
                break;
            case SessionUpdated:
                _configured.TrySetResult(null);
                break;
            case ErrorEvent error:
                OnError(error);
                break;
            case ResponseOutputAudioDone done when !_isStandby:
                _audio.Done(done.ResponseId, done.ItemId, done.ContentIndex);
                break;
            case MalformedServerEvent malformed:
                LogMalformed(malformed.Reason);
                break;
            case UnknownServerEvent unknown:
                LogUnknown(unknown.Type);
                return;
        }

        if (!_isStandby) _listener.OnEvent(serverEvent);
    }

    private ReadOnlySpan<byte> Plain(in AudioDelta delta)
    {
        if (!delta.Base64Escaped) return delta.Base64;
        if (_unescaped.Length < delta.Base64.Length) _unescaped = new byte[delta.Base64.Length];
        return _unescaped.AsSpan(0, Math.Max(0, AudioDelta.Unescape(delta.Base64, _unescaped)));
    }

    private void OnError(ErrorEvent error)
    {
        Volatile.Write(ref _lastError, error.Error);
        // Some servers do not say which event was wrong; nothing else has been sent yet.
        if (error.Error.EventId == _settingsId || (error.Error.EventId is null && _updates == 0 && _greeted.Task.IsCompleted))
            _configured.TrySetResult($"the settings were refused: {error.Error.Message}");
    }

    private async Task SendLoopAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        await foreach (var clientEvent in _outbox.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            buffer.ResetWrittenCount();
            ClientEventWriter.Write(buffer, clientEvent.EventId is null ? clientEvent with { EventId = NextEventId() } : clientEvent);
            if (!await _transport.SendAsync(buffer.WrittenMemory).ConfigureAwait(false)) break;
        }
    }

    private string NextEventId() => $"ev_{Interlocked.Increment(ref _nextEventId)}";
}
