namespace EdgeVoice.Core.Devices;

/// <summary>One change of the button's level.</summary>
/// <param name="IsDown">True when the button went down.</param>
/// <param name="TimeNs">Monotonic time of the edge in nanoseconds: the kernel's time stamp where there is one.</param>
public readonly record struct ButtonEdge(bool IsDown, long TimeNs);

/// <summary>A push button: raw edges, no debouncing (the recogniser acts on the first edge and debounces afterwards).</summary>
/// <remarks><see cref="Run"/> has a thread of its own (<c>ev-button</c>); <see cref="IsDown"/> may be read by any thread.</remarks>
public interface IButtonPin : IDisposable
{
    /// <summary>The level now.</summary>
    bool IsDown { get; }

    /// <summary>Delivers every edge to <paramref name="onEdge"/> on this thread until <paramref name="stop"/> is signalled.</summary>
    void Run(Action<ButtonEdge> onEdge, CancellationToken stop);
}

/// <summary>One pixel, linear light of each colour, 0 (dark) to 255.</summary>
public readonly record struct Rgb(byte R, byte G, byte B);

/// <summary>A row of lights.</summary>
/// <remarks>Called from one thread (<c>ev-led</c>); may block or throw <see cref="IOException"/> without the voice noticing.</remarks>
public interface IPixelRing : IDisposable
{
    /// <summary>Number of pixels, 1 to 64.</summary>
    int PixelCount { get; }

    /// <summary>Shows one frame; <paramref name="pixels"/> has <see cref="PixelCount"/> entries.</summary>
    void Show(ReadOnlySpan<Rgb> pixels);
}

/// <summary>What watches over the service (systemd); every call is cheap and never throws.</summary>
public interface IServiceSupervisor
{
    /// <summary>A configuration is in force and every device is open or reported missing.</summary>
    void Ready();

    /// <summary>One sentence for people about what the service is doing.</summary>
    void Status(string text);

    /// <summary>The service is ending.</summary>
    void Stopping();
}
