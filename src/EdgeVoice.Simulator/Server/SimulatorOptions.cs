using System.Net;

namespace EdgeVoice.Simulator.Server;

/// <summary>How a stand-in server listens, answers and fails.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Where to listen; default 127.0.0.1. It has no idea of who may use it: keep it on loopback.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>TCP port, 0 to 65535; 0 (default) takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>What it answers; null (default): it repeats what it heard.</summary>
    public SimulatorScript? Script { get; init; }

    /// <summary>Faults armed from the start.</summary>
    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>PEM file with the certificate chain; given together with <see cref="TlsKeyPath"/> the server speaks wss.</summary>
    public string? TlsCertificatePath { get; init; }

    /// <summary>PEM file with the certificate's private key, not encrypted.</summary>
    public string? TlsKeyPath { get; init; }

    /// <summary>The only bearer key accepted; null (default) accepts all, none included.</summary>
    public string? RequiredKey { get; init; }

    /// <summary>Model names accepted; null (default) accepts every name but <c>no-such-model</c>.</summary>
    public IReadOnlyCollection<string>? Models { get; init; }

    /// <summary>Seed of every random choice: sizes of deltas, ids. Default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How many times faster than real time answers are streamed; default 8, <see cref="double.PositiveInfinity"/> = as fast as possible.</summary>
    public double Speed { get; init; } = 8;

    /// <summary>Length of a session before it expires; default 60 minutes.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Whether input transcriptions come at once; false (default): asynchronously, as on the real service.</summary>
    public bool PromptTranscriptions { get; init; }

    /// <summary>Whether deltas of PCM16 may end in the middle of a sample (so that a client has to carry a byte). Default true.</summary>
    public bool OddDeltas { get; init; } = true;

    /// <summary>The clock; default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Called for every line worth telling (who connected, what was heard and said). Called on any thread, must not block.</summary>
    public Action<SimulatorNote>? OnNote { get; init; }
}
