using EdgeVoice.Core.Devices;

namespace EdgeVoice.Linux.Input;

/// <summary>A button's device, open.</summary>
/// <remarks><see cref="TryLevel"/> is for any thread, also after disposal; the rest for the one that waits.</remarks>
internal interface IButtonFile : IDisposable
{
    /// <summary>The descriptor to poll for input.</summary>
    int Descriptor { get; }

    /// <summary>Why the device is gone, in a few words; set once <see cref="TryRead"/> or <see cref="TryLevel"/> has said so.</summary>
    string Problem { get; }

    /// <summary>The level now; false when the device is gone.</summary>
    bool TryLevel(out bool isDown);

    /// <summary>Tells the edges that wait; call when the descriptor is readable. False when the device is gone.</summary>
    bool TryRead(Action<ButtonEdge> onEdge);
}

/// <summary>Opens a button's device, or says in one line why not and what to do.</summary>
internal delegate IButtonFile? ButtonOpener(out string problem);
