namespace EdgeVoice.Rig.Harness;

/// <summary>What a scenario needs of the guest.</summary>
internal enum Boot
{
    /// <summary>The kernel and its devices; no systemd, up in a few seconds.</summary>
    Quick,

    /// <summary>systemd as PID 1.</summary>
    Systemd,
}
