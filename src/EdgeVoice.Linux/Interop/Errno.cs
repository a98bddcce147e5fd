namespace EdgeVoice.Linux.Interop;

/// <summary>Negative error numbers of Linux, as libasound returns them.</summary>
internal static class Errno
{
    public const int NoEntry = -2;
    public const int Interrupted = -4;
    public const int Io = -5;
    public const int NoAddress = -6;
    public const int Again = -11;
    public const int NoAccess = -13;
    public const int Busy = -16;
    public const int NoDevice = -19;
    public const int Invalid = -22;
    public const int BrokenPipe = -32;
    public const int BadState = -77;
    public const int StreamPipe = -86;
    public const int Refused = -111;

    /// <summary>The name that manual pages use, or the number.</summary>
    public static string Name(int error) => error switch
    {
        NoEntry => "ENOENT",
        Interrupted => "EINTR",
        Io => "EIO",
        NoAddress => "ENXIO",
        Again => "EAGAIN",
        NoAccess => "EACCES",
        Busy => "EBUSY",
        NoDevice => "ENODEV",
        Invalid => "EINVAL",
        BrokenPipe => "EPIPE",
        BadState => "EBADFD",
        StreamPipe => "ESTRPIPE",
        Refused => "ECONNREFUSED",
        _ => $"error {-error}",
    };
}
