namespace EdgeVoice.Simulator.Server;

/// <summary>A misbehaviour of the stand-in server. The name in brackets is the one used on the command line.</summary>
public enum FaultMode
{
    /// <summary>[refuse] The TCP connection is reset before any HTTP byte is answered.</summary>
    Refuse,

    /// <summary>[http] The upgrade is answered with an HTTP status; detail = status (default 503; 429 and 503 carry Retry-After).</summary>
    Http,

    /// <summary>[html] The upgrade is answered with an HTML page and status 200.</summary>
    Html,

    /// <summary>[silence] The socket opens, everything is accepted, nothing is ever answered.</summary>
    Silence,

    /// <summary>[fragment] Every message of the next session arrives in fragments of 1 to 100 bytes (long ones of up to 1,000).</summary>
    Fragment,

    /// <summary>[stall] The session works until a response is asked for; that response never comes.</summary>
    Stall,

    /// <summary>[error] A response is answered by an error event of type server_error.</summary>
    Error,

    /// <summary>[close] A close frame half-way through a spoken answer; detail = code (default 1011).</summary>
    Close,

    /// <summary>[binary] A binary frame before the first delta.</summary>
    Binary,

    /// <summary>[half-json] Half a JSON object before the first delta.</summary>
    HalfJson,

    /// <summary>[huge] An event of 20 MiB before the first delta.</summary>
    Huge,

    /// <summary>[odd-base64] An audio delta whose base64 has an odd length, before the first good one.</summary>
    OddBase64,

    /// <summary>[stranger] An audio delta of a response and an item that nobody announced, before the first good one.</summary>
    Stranger,

    /// <summary>[unknown] Events of unknown types, and a known one with unknown fields, before the first delta.</summary>
    Unknown,

    /// <summary>[drop-before-append] The TCP connection is aborted when the first append arrives, before it is taken.</summary>
    DropBeforeAppend,

    /// <summary>[drop-after-append] The same after that many appends of a session; detail = appends (default 1).</summary>
    DropAfterAppend,

    /// <summary>[drop-after-commit] The same after a commit, before committed is sent.</summary>
    DropAfterCommit,

    /// <summary>[drop-before-delta] The same after committed and response.created, before the first delta.</summary>
    DropBeforeDelta,

    /// <summary>[drop-mid-audio] The same half-way through a spoken answer.</summary>
    DropMidAudio,

    /// <summary>[drop] The same when the next append arrives; on demand at once.</summary>
    Drop,

    /// <summary>[garbage] The upgrade is answered with bytes that are no HTTP.</summary>
    Garbage,

    /// <summary>[garbage-frame] Bytes that are no WebSocket frame at the next append; on demand at once.</summary>
    GarbageFrame,

    /// <summary>[slow-upgrade] The upgrade is answered late; detail = milliseconds (default 2,000).</summary>
    SlowUpgrade,

    /// <summary>[slow-greeting] After the upgrade nothing is read or said for a while; detail = milliseconds (default 2,000).</summary>
    SlowGreeting,

    /// <summary>[slow-answer] The first item of a response comes late; detail = milliseconds (default 2,000).</summary>
    SlowAnswer,

    /// <summary>[half-open] From the next append on (on demand: at once) TCP stays up, but nothing is read, said or ponged any more.</summary>
    HalfOpen,

    /// <summary>[stall-reading] After the next append (on demand: at once) nothing is read, pings neither; detail = milliseconds until it goes on (default: never).</summary>
    StallReading,

    /// <summary>[expire] At the next append (on demand: at once) the session's time is up: error session_expired, close 1001.</summary>
    Expire,

    /// <summary>[late-deltas] A cancelled response goes on after its response.done; detail = deltas (default 5).</summary>
    LateDeltas,

    /// <summary>[two-items] A spoken answer comes as two items of one response.</summary>
    TwoItems,
}
