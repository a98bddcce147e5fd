namespace EdgeVoice.Simulator.Devices;

/// <summary>What a device string names.</summary>
public enum DeviceStringKind
{
    /// <summary>A real device: an ALSA PCM, a GPIO chip or an SPI bus; not ours to judge.</summary>
    Hardware,

    /// <summary><c>none</c>: there is no such device, on purpose.</summary>
    None,

    /// <summary><c>null</c>: silence in, or sound into nowhere, in real time.</summary>
    Null,

    /// <summary><c>wav:PATH</c>: a WAV file or FIFO.</summary>
    Wav,

    /// <summary><c>tone:HZ</c>: a pure tone.</summary>
    Tone,

    /// <summary><c>script:PATH</c>: a button pressed by a script.</summary>
    Script,

    /// <summary><c>input:NAME</c>: keys of an input device of the kernel.</summary>
    Input,

    /// <summary><c>terminal</c>: lights drawn on the terminal.</summary>
    Terminal,
}
